namespace CloudObserve.Pipeline.Delivery;

/// <summary>Why data that the application handed in will never arrive. Every loss is counted under exactly one of these.</summary>
public enum LossReason
{
    /// <summary>The buffer was full of data that could not be delivered in time.</summary>
    BufferFull = 0,

    /// <summary>The service refused the content and would refuse it again.</summary>
    Rejected,

    /// <summary>A single item is larger than the service accepts.</summary>
    TooLarge,

    /// <summary>The item became older than the service accepts before it could be delivered.</summary>
    TooOld,

    /// <summary>The item's time lies further in the future than the service accepts.</summary>
    TooNew,

    /// <summary>A resilience pipeline of the host's own gave the batch up; the default one never does before the data is too old.</summary>
    RetriesExhausted,

    /// <summary>The host's shutdown deadline passed before the data could be delivered.</summary>
    ShutdownDeadline,

    /// <summary>It was handed in after the pipeline had been closed.</summary>
    Closed,

    /// <summary>A name, namespace, unit or resolution breaks CloudWatch's rules.</summary>
    InvalidName,

    /// <summary>A dimension breaks CloudWatch's rules: too many, blank, too long, not ASCII, or given twice.</summary>
    InvalidDimension,

    /// <summary>The value is not a number, infinite, or outside -2^360 to 2^360.</summary>
    InvalidValue,

    /// <summary>More distinct metrics were used than the cardinality budget allows.</summary>
    CardinalityBudget,

    /// <summary>The application's own code failed so that there is no item: a formatter threw or did not return in time, or logging a value logged without an end.</summary>
    FormatterFailed,

    /// <summary>The spool on disk was full of data that could not be delivered in time.</summary>
    SpoolFull,

    /// <summary>The file in which it was spooled is gone or cannot be read.</summary>
    SpoolDamaged,

    /// <summary>A fault of the library's own kept it from being encoded. It is reported, and a bug.</summary>
    EncodingFailed,

    /// <summary>One series had more samples in one period than the embedded metric format is set to carry.</summary>
    SampleBudget,

    /// <summary>Standard output, where the data was to go, is closed or broken.</summary>
    OutputBroken,

    /// <summary>Intended: a metric filter has made a metric of the event and is set to discard it.</summary>
    DiscardedByFilter,

    /// <summary>Intended: a metric filter has made a metric of the event and is set to let only one of several pass.</summary>
    SampledOut,

    /// <summary>The disk did not take an audit record: it was full, read-only, gone, or broken. A caller who relied on the record was told.</summary>
    StorageFailed,
}
