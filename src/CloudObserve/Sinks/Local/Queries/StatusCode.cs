namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Says whether a result is whole.</summary>
public enum StatusCode
{
    /// <summary>No more values of this query follow.</summary>
    Complete = 0,

    /// <summary>More values of this query follow on later pages.</summary>
    PartialData,

    /// <summary>The data belongs to another account, which this one may not read. <see cref="MetricDataResult.Messages"/> say so.</summary>
    Forbidden,
}
