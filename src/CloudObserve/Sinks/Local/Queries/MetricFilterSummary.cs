namespace CloudObserve.Local;

/// <summary>A metric filter.</summary>
/// <param name="FilterName">The name.</param>
/// <param name="LogGroupName">The log group of the filter.</param>
/// <param name="FilterPattern">The pattern of matching events.</param>
/// <param name="MetricTransformation">The metric that matching events add to.</param>
/// <param name="CreationTime">The time at which the filter was created.</param>
public sealed record MetricFilterSummary(
    string FilterName, string LogGroupName, string FilterPattern, MetricTransformation MetricTransformation, DateTimeOffset CreationTime)
{
    /// <summary>Gets the system fields of CloudWatch Logs that are also used as dimensions.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<string> EmitSystemFieldDimensions { get; init; } = [];

    /// <summary>Gets the criteria that select log events by their system fields.</summary>
    /// <value>For example, <c>@aws.region = "us-east-1"</c>. The default is <see langword="null"/>: all events are selected.</value>
    public string? FieldSelectionCriteria { get; init; }
}
