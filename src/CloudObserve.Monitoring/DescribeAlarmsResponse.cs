namespace CloudObserve.Monitoring;

/// <summary>The response of <see cref="IAlarms.DescribeAlarms"/>.</summary>
/// <param name="MetricAlarms">The metric alarms, by name.</param>
/// <param name="CompositeAlarms">The composite alarms, by name.</param>
/// <param name="NextToken">The token for the next page; <see langword="null"/> if there are no more alarms.</param>
public sealed record DescribeAlarmsResponse(
    IReadOnlyList<MetricAlarm> MetricAlarms, IReadOnlyList<CompositeAlarm> CompositeAlarms, string? NextToken);
