namespace CloudObserve.Pipeline.Delivery;

/// <summary>Where batches land: the only seam between the pipeline and the outside world.</summary>
/// <remarks>
/// Implementers send the bytes of <see cref="Batch.Body"/> as they are, make one attempt, and let exceptions propagate: retrying, pacing,
/// logging and counting losses live in the delivery loop alone. The batch belongs to the pipeline; do not keep it or its memory after the
/// returned task has completed.
/// </remarks>
/// <threadsafety>Called by several threads at once.</threadsafety>
public interface IBatchSink
{
    /// <summary>Makes one attempt to deliver a batch.</summary>
    /// <param name="batch">What to send.</param>
    /// <param name="cancellationToken">Cancelled when the attempt has run out of time.</param>
    /// <returns>What the service answered.</returns>
    ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken);

    /// <summary>Tells whether batches of an operation can be sent at all.</summary>
    /// <param name="operation">The operation, as <see cref="Batch.Operation"/> carries it.</param>
    /// <returns><see langword="true"/> unless the sink says otherwise.</returns>
    /// <remarks>It is asked for batches that come back from disk. One that cannot be sent is set aside, and lost as <see cref="LossReason.SpoolDamaged"/>.</remarks>
    bool CanSend(string operation) => true;
}
