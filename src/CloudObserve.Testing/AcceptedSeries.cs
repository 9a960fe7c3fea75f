using System.Globalization;
using CloudObserve.Metrics;

namespace CloudObserve.Testing;

/// <summary>All that a <see cref="ScriptedCloudWatch"/> took for one metric: one namespace, name, exact set of dimensions, and unit.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="MetricName">The metric's name.</param>
/// <param name="Dimensions">The dimensions, sorted by name.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Datums">How many datums came.</param>
/// <param name="SampleCount">How many samples they stand for.</param>
/// <param name="Sum">The sum of all samples.</param>
/// <param name="Minimum">The smallest sample.</param>
/// <param name="Maximum">The largest sample.</param>
public sealed record AcceptedSeries(
    string Namespace,
    string MetricName,
    IReadOnlyList<MetricDimension> Dimensions,
    string Unit,
    int Datums,
    double SampleCount,
    double Sum,
    double Minimum,
    double Maximum)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"AcceptedSeries {{ Namespace = {Namespace}, MetricName = {MetricName}, Dimensions = {Printed.List(Dimensions)}, Unit = {Unit}"
        + $", Datums = {Datums}, SampleCount = {SampleCount}, Sum = {Sum}, Minimum = {Minimum}, Maximum = {Maximum} }}");
}
