namespace CloudObserve.Sinks.Local.Queries;

/// <summary>A metric filter.</summary>
/// <param name="FilterName">The name.</param>
/// <param name="LogGroupName">The log group it belongs to.</param>
/// <param name="FilterPattern">Which events match.</param>
/// <param name="MetricTransformation">What is made of them.</param>
/// <param name="CreationTime">When it was put.</param>
public sealed record MetricFilterSummary(
    string FilterName, string LogGroupName, string FilterPattern, MetricTransformation MetricTransformation, DateTimeOffset CreationTime)
{
    /// <summary>Gets the fields of CloudWatch Logs itself that are dimensions too.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<string> EmitSystemFieldDimensions { get; init; } = [];
}
