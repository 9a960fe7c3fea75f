using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Metrics.EmbeddedFormat;

/// <summary>Gathers documents into batches of the place they go to.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal interface IDocumentOutput
{
    /// <summary>Gets the size from which a document gets no further metric. One metric with many long dimensions may be larger.</summary>
    int PreferredBytes { get; }

    /// <summary>Takes a document.</summary>
    /// <param name="document">One JSON object, in ASCII and without line breaks; lent for the call.</param>
    /// <param name="weight">How many samples it stands for.</param>
    /// <param name="acceptableUntil">When its metrics become too old for CloudWatch.</param>
    /// <returns>Why it is not taken, or <see langword="null"/>.</returns>
    LossReason? TryAppend(ReadOnlySpan<byte> document, long weight, DateTimeOffset acceptableUntil);

    /// <summary>Hands over what was gathered.</summary>
    List<Batch> TakeBatches();
}
