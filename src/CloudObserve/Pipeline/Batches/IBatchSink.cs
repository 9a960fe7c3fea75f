namespace CloudObserve.Delivery;

/// <summary>Sends batches to a destination. It is the only interface between the pipeline and the outside.</summary>
/// <remarks>
/// Implementers send the bytes of <see cref="Batch.Body"/> unchanged, make one attempt, and let exceptions propagate. Only the delivery
/// loop retries, paces, logs and counts losses. The batch belongs to the pipeline; an implementer must not use it or its memory after the
/// returned task has completed.
/// </remarks>
/// <threadsafety>Called by several threads at once.</threadsafety>
public interface IBatchSink
{
    /// <summary>Makes one attempt to deliver a batch.</summary>
    /// <param name="batch">The batch to send.</param>
    /// <param name="cancellationToken">Cancelled when the attempt has timed out.</param>
    /// <returns>The response of the service.</returns>
    ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken);

    /// <summary>Determines whether batches of an operation can be sent at all.</summary>
    /// <param name="operation">The operation, as in <see cref="Batch.Operation"/>.</param>
    /// <returns><see langword="true"/> unless the sink overrides this method.</returns>
    /// <remarks>
    /// Called for batches read back from disk. A batch that cannot be sent is set aside, and lost as <see cref="LossReason.SpoolDamaged"/>.
    /// </remarks>
    bool CanSend(string operation) => true;
}
