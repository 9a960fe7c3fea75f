namespace CloudObserve.Monitoring;

/// <summary>The parameters of <see cref="IAlarms.DescribeAlarmHistory"/>.</summary>
public sealed record DescribeAlarmHistoryRequest
{
    /// <summary>Gets the name of the alarm.</summary>
    /// <value>The default is <see langword="null"/>: all alarms.</value>
    public string? AlarmName { get; init; }

    /// <summary>Gets the type of the entries.</summary>
    /// <value><c>ConfigurationUpdate</c>, <c>StateUpdate</c> or <c>Action</c>. The default is <see langword="null"/>: all.</value>
    public string? HistoryItemType { get; init; }

    /// <summary>Gets the start of the time range, inclusive.</summary>
    /// <value>The default is <see langword="null"/>: the oldest entry.</value>
    public DateTimeOffset? StartDate { get; init; }

    /// <summary>Gets the end of the time range, inclusive.</summary>
    /// <value>The default is <see langword="null"/>: the newest entry.</value>
    public DateTimeOffset? EndDate { get; init; }

    /// <summary>Gets the maximum number of entries in the response.</summary>
    /// <value>1 to 100. The default is 100.</value>
    public int MaxRecords { get; init; } = 100;

    /// <summary>Gets the order of the entries.</summary>
    /// <value><c>TimestampDescending</c> or <c>TimestampAscending</c>. The default is <c>TimestampDescending</c>.</value>
    public string ScanBy { get; init; } = "TimestampDescending";

    /// <summary>Gets the token of the previous response.</summary>
    /// <value>The default is <see langword="null"/>: the first page.</value>
    public string? NextToken { get; init; }
}
