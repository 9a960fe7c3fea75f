namespace CloudObserve.Monitoring;

/// <summary>The parameters of <see cref="IAlarms.DescribeAlarms"/>.</summary>
public sealed record DescribeAlarmsRequest
{
    /// <summary>Gets the names of the alarms.</summary>
    /// <value>At most 100. The default is none: all alarms.</value>
    public IReadOnlyList<string> AlarmNames { get; init; } = [];

    /// <summary>Gets the beginning of the names.</summary>
    /// <value>The default is <see langword="null"/>. It cannot be used together with <see cref="AlarmNames"/>.</value>
    public string? AlarmNamePrefix { get; init; }

    /// <summary>Gets the types of the alarms.</summary>
    /// <value><c>MetricAlarm</c> and <c>CompositeAlarm</c>. The default is none: metric alarms only, as in CloudWatch.</value>
    public IReadOnlyList<string> AlarmTypes { get; init; } = [];

    /// <summary>Gets the state of the alarms.</summary>
    /// <value>The default is <see langword="null"/>: any.</value>
    public AlarmState? StateValue { get; init; }

    /// <summary>Gets the beginning of one of the actions.</summary>
    /// <value>The default is <see langword="null"/>: any.</value>
    public string? ActionPrefix { get; init; }

    /// <summary>Gets the maximum number of alarms in the response.</summary>
    /// <value>1 to 100. The default is 50.</value>
    public int MaxRecords { get; init; } = 50;

    /// <summary>Gets the token of the previous response.</summary>
    /// <value>The default is <see langword="null"/>: the first page.</value>
    public string? NextToken { get; init; }
}
