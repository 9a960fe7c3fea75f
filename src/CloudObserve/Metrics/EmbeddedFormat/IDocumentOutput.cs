using CloudObserve.Delivery;

namespace CloudObserve.Metrics.EmbeddedFormat;

/// <summary>Collects documents into batches for one destination.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal interface IDocumentOutput
{
    /// <summary>
    /// Gets the maximum size to which a document grows by further metrics. One metric with many long dimensions may be larger.
    /// </summary>
    int PreferredBytes { get; }

    /// <summary>Adds a document to the batches.</summary>
    /// <param name="document">One JSON object, in ASCII and without line breaks. Valid during the call only.</param>
    /// <param name="weight">The number of samples in the document.</param>
    /// <param name="acceptableUntil">The time at which its metrics become too old for CloudWatch.</param>
    /// <returns>The reason why the document is refused, or <see langword="null"/>.</returns>
    LossReason? TryAppend(ReadOnlySpan<byte> document, long weight, DateTimeOffset acceptableUntil);

    /// <summary>Returns the collected batches and starts anew.</summary>
    List<Batch> TakeBatches();
}
