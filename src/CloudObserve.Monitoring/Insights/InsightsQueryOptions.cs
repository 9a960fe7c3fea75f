namespace CloudObserve.Insights;

/// <summary>The settings of one execution of a query.</summary>
public sealed class InsightsQueryOptions
{
    /// <summary>Gets or sets the time of the oldest events, inclusive, with a precision of a millisecond.</summary>
    /// <value>The default is <see langword="null"/>: from the first event. With a range, events without a time are left out.</value>
    public DateTimeOffset? StartTime { get; set; }

    /// <summary>Gets or sets the time of the newest events, inclusive, with a precision of a millisecond.</summary>
    /// <value>The default is <see langword="null"/>: to the last event. <c>StartQuery</c> includes the whole second of its end.</value>
    public DateTimeOffset? EndTime { get; set; }

    /// <summary>Gets or sets the largest number of rows, in addition to the limits in the query.</summary>
    /// <value>The default is <see langword="null"/>: that of the query, or 10,000.</value>
    public int? Limit { get; set; }

    /// <summary>Gets or sets the largest number of threads that read events.</summary>
    /// <value>The default is 0: one for each processor.</value>
    public int MaxDegreeOfParallelism { get; set; }

    /// <summary>Gets or sets the largest memory for rows and groups, in bytes, as estimated. A query that needs more is ended.</summary>
    /// <value>The default is 268,435,456 (256 MiB).</value>
    public long MaxMemoryBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>Gets or sets the clock.</summary>
    /// <value>The default is <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Gets or sets the receiver of what was read so far. It is called about ten times a second, from the threads that
    /// read.</summary>
    /// <value>The default is <see langword="null"/>: none.</value>
    public IProgress<InsightsStatistics>? Progress { get; set; }
}
