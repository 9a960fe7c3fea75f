using System.Globalization;
using CloudObserve.Metrics;

namespace CloudObserve.Testing;

/// <summary>
/// Represents the data that a <see cref="ScriptedCloudWatch"/> accepted for one metric: one namespace, name, set of dimensions, and unit.
/// </summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="MetricName">The metric's name.</param>
/// <param name="Dimensions">The dimensions, sorted by name.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Datums">The number of datums.</param>
/// <param name="SampleCount">The number of samples in the datums.</param>
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
