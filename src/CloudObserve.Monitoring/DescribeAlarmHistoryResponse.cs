namespace CloudObserve.Monitoring;

/// <summary>The response of <see cref="IAlarms.DescribeAlarmHistory"/>.</summary>
/// <param name="AlarmHistoryItems">The entries, in the order of the request.</param>
/// <param name="NextToken">The token for the next page; <see langword="null"/> if there are no more entries.</param>
public sealed record DescribeAlarmHistoryResponse(IReadOnlyList<AlarmHistoryItem> AlarmHistoryItems, string? NextToken);
