using System.Globalization;
using CloudObserve.Metrics;

namespace CloudObserve.Testing;

/// <summary>One metric datum that a <see cref="ScriptedCloudWatch"/> took.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="MetricName">The metric's name.</param>
/// <param name="Dimensions">The dimensions, sorted by name, since their order means nothing.</param>
/// <param name="Unit">The unit as it was sent; <c>None</c> when it was left out.</param>
/// <param name="Timestamp">The time; that of receipt when it was left out.</param>
/// <param name="StorageResolution">1 or 60 seconds.</param>
/// <param name="SampleCount">How many samples the datum stands for.</param>
/// <param name="Sum">The sum of the samples.</param>
/// <param name="Minimum">The smallest sample.</param>
/// <param name="Maximum">The largest sample.</param>
/// <param name="Values">The distinct values with their counts; empty for a statistic set.</param>
public sealed record AcceptedDatum(
    string Namespace,
    string MetricName,
    IReadOnlyList<MetricDimension> Dimensions,
    string Unit,
    DateTimeOffset Timestamp,
    int StorageResolution,
    double SampleCount,
    double Sum,
    double Minimum,
    double Maximum,
    IReadOnlyList<KeyValuePair<double, double>> Values)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"AcceptedDatum {{ Namespace = {Namespace}, MetricName = {MetricName}, Dimensions = {Printed.List(Dimensions)}, Unit = {Unit}"
        + $", Timestamp = {Timestamp:O}, StorageResolution = {StorageResolution}, SampleCount = {SampleCount}, Sum = {Sum}"
        + $", Minimum = {Minimum}, Maximum = {Maximum}, Values = {Printed.Map(Values)} }}");
}
