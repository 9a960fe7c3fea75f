using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Audit.Shipping;

/// <summary>Makes request bodies of records, each record one event of a log stream, to the letter.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal interface IRecordBatches
{
    /// <summary>Appends a record.</summary>
    /// <param name="time">When it happened.</param>
    /// <param name="record">Its bytes.</param>
    /// <param name="now">The time.</param>
    /// <param name="full">Takes the batch that had to be sealed, because the record did not fit.</param>
    /// <returns>Why it was not taken; <see langword="null"/> when it was.</returns>
    LossReason? Append(DateTimeOffset time, ReadOnlySpan<byte> record, DateTimeOffset now, List<Batch> full);

    /// <summary>Seals what has been appended.</summary>
    void SealAll(DateTimeOffset now, List<Batch> batches);
}
