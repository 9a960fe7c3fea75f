using System.Globalization;

namespace CloudObserve.Testing;

/// <summary>A metric filter of a <see cref="ScriptedCloudWatch"/>. It is kept, and not evaluated.</summary>
/// <param name="LogGroupName">The log group it belongs to.</param>
/// <param name="FilterName">The name.</param>
/// <param name="FilterPattern">Which events match.</param>
/// <param name="MetricNamespace">The metric's namespace.</param>
/// <param name="MetricName">The metric's name.</param>
/// <param name="MetricValue">A number, or where in the event it stands.</param>
/// <param name="DefaultValue">What each event adds that does not match; <see langword="null"/> is nothing.</param>
/// <param name="Dimensions">The dimensions' names, and where in the event their values stand.</param>
/// <param name="Unit">The unit; <c>None</c> when none was given.</param>
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
    /// <summary>Gets the fields of CloudWatch Logs itself that are dimensions too.</summary>
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
