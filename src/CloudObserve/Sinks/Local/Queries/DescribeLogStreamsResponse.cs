namespace CloudObserve.Local;

/// <summary>One page of log streams.</summary>
/// <param name="LogStreams">The streams, by name.</param>
/// <param name="NextToken">The token for the next page, or <see langword="null"/> on the last page.</param>
public sealed record DescribeLogStreamsResponse(IReadOnlyList<LogStreamSummary> LogStreams, string? NextToken);
