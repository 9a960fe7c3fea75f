namespace CloudObserve.Sinks.Local.Queries;

/// <summary>One page of log streams.</summary>
/// <param name="LogStreams">The streams, by name.</param>
/// <param name="NextToken">What to ask the next page with; <see langword="null"/> on the last.</param>
public sealed record DescribeLogStreamsResponse(IReadOnlyList<LogStreamSummary> LogStreams, string? NextToken);
