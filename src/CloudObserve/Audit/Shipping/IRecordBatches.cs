using CloudObserve.Delivery;

namespace CloudObserve.Audit.Shipping;

/// <summary>Creates request bodies from records.</summary>
/// <remarks>Each record becomes one unchanged event of a log stream.</remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal interface IRecordBatches
{
    /// <summary>Appends a record.</summary>
    /// <param name="time">The time of the record.</param>
    /// <param name="record">The bytes of the record.</param>
    /// <param name="now">The current time.</param>
    /// <param name="full">Receives the batch that was sealed because the record did not fit.</param>
    /// <returns>The reason for refusing the record; <see langword="null"/> if it was appended.</returns>
    LossReason? Append(DateTimeOffset time, ReadOnlySpan<byte> record, DateTimeOffset now, List<Batch> full);

    /// <summary>Seals all appended records.</summary>
    void SealAll(DateTimeOffset now, List<Batch> batches);
}
