namespace CloudObserve.Delivery;

/// <summary>Specifies the reason why data from the application will never arrive. Every loss is counted under exactly one reason.</summary>
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

    /// <summary>The item's timestamp is further in the future than the service accepts.</summary>
    TooNew,

    /// <summary>
    /// A custom resilience pipeline of the host gave the batch up. The default one never does before the data is too old.
    /// </summary>
    RetriesExhausted,

    /// <summary>The host's shutdown deadline passed before the data could be delivered.</summary>
    ShutdownDeadline,

    /// <summary>The data was passed in after the pipeline was closed.</summary>
    Closed,

    /// <summary>A name, namespace, unit or resolution breaks CloudWatch's rules.</summary>
    InvalidName,

    /// <summary>A dimension breaks CloudWatch's rules: too many, blank, too long, not ASCII, or given twice.</summary>
    InvalidDimension,

    /// <summary>The value is not a number, infinite, or outside -2^360 to 2^360.</summary>
    InvalidValue,

    /// <summary>More distinct metrics were used than the cardinality budget allows.</summary>
    CardinalityBudget,

    /// <summary>
    /// The application's own code failed, so there is no item: a formatter threw or timed out, or logging a value caused endless logging.
    /// </summary>
    FormatterFailed,

    /// <summary>The spool on disk was full of data that could not be delivered in time.</summary>
    SpoolFull,

    /// <summary>The file in which the data was spooled is missing or cannot be read.</summary>
    SpoolDamaged,

    /// <summary>An internal fault of the library prevented encoding. It is reported; it is a bug.</summary>
    EncodingFailed,

    /// <summary>One series had more samples in one period than the limit for the embedded metric format.</summary>
    SampleBudget,

    /// <summary>The data was to be written to standard output, which is closed or broken.</summary>
    OutputBroken,

    /// <summary>Intended: a metric filter extracted a metric from the event and is configured to discard the event.</summary>
    DiscardedByFilter,

    /// <summary>Intended: a metric filter extracted a metric from the event and is configured to keep only one of several events.</summary>
    SampledOut,

    /// <summary>An audit record, or data of the embedded CloudWatch, could not be written, because the disk was full, read-only, missing or
    /// broken.</summary>
    /// <remarks>A caller that waited for the record was informed.</remarks>
    StorageFailed,
}
