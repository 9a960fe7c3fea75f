using System.Globalization;
using CloudObserve.Metrics;

namespace CloudObserve.Testing;

/// <summary>Represents a metric datum that a <see cref="ScriptedCloudWatch"/> accepted.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="MetricName">The metric's name.</param>
/// <param name="Dimensions">The dimensions, sorted by name, because their order has no meaning.</param>
/// <param name="Unit">The unit in the request, or <c>None</c> if it was omitted.</param>
/// <param name="Timestamp">The timestamp in the request, or the time of receipt if it was omitted.</param>
/// <param name="StorageResolution">The storage resolution: 1 or 60 seconds.</param>
/// <param name="SampleCount">The number of samples in the datum.</param>
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
