using System.Globalization;

namespace CloudObserve.Testing;

/// <summary>Represents a metric filter of a <see cref="ScriptedCloudWatch"/>.</summary>
/// <remarks>The server stores filters and does not evaluate them.</remarks>
/// <param name="LogGroupName">The name of the filter's log group.</param>
/// <param name="FilterName">The name.</param>
/// <param name="FilterPattern">The filter pattern.</param>
/// <param name="MetricNamespace">The metric's namespace.</param>
/// <param name="MetricName">The metric's name.</param>
/// <param name="MetricValue">A number, or the selector of the field that holds the value.</param>
/// <param name="DefaultValue">The value that is added for each event that does not match; <see langword="null"/> adds none.</param>
/// <param name="Dimensions">The selectors of the dimension values, by dimension name.</param>
/// <param name="Unit">The unit; <c>None</c> if none was given.</param>
public sealed record CreatedMetricFilter(
    string LogGroupName,
    string FilterName,
    string FilterPattern,
    string MetricNamespace,
    string MetricName,
    string MetricValue,
    double? DefaultValue,
    IReadOnlyDictionary<string, string> Dimensions,
    string Unit)
{
    /// <summary>Gets the system fields of CloudWatch Logs that are added as dimensions.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<string> EmitSystemFieldDimensions { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"CreatedMetricFilter {{ LogGroupName = {LogGroupName}, FilterName = {FilterName}, FilterPattern = {FilterPattern}"
        + $", MetricNamespace = {MetricNamespace}, MetricName = {MetricName}, MetricValue = {MetricValue}"
        + $", DefaultValue = {DefaultValue}, Dimensions = {Printed.Map(Dimensions)}, Unit = {Unit}"
        + $", EmitSystemFieldDimensions = {Printed.List(EmitSystemFieldDimensions)} }}");
}
