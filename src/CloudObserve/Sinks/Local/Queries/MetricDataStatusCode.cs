namespace CloudObserve.Local;

/// <summary>Specifies whether a result is complete.</summary>
public enum MetricDataStatusCode
{
    /// <summary>No more values of this query follow.</summary>
    Complete = 0,

    /// <summary>More values of this query follow on later pages.</summary>
    PartialData,

    /// <summary>
    /// The data belongs to another account, which this account may not read. <see cref="MetricDataResult.Messages"/> has a message.
    /// </summary>
    Forbidden,
}
