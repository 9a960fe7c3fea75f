namespace CloudObserve.Delivery;

/// <summary>Sends batches of another package through the library's delivery, under a name of its own.</summary>
/// <remarks>
/// <para>A channel has what a built-in signal has: a ledger, retries, a spool, a part in every flush and close, and an entry in
/// <see cref="ICloudObserve.Ledgers"/>, the status, the health check and the library's meter. Its batches go to the channel's own
/// <see cref="IBatchSink"/>.</para>
/// <para>Add it with <see cref="CloudObserveBuilder.AddDeliveryChannel"/>. It is a keyed service; the key is its name.</para>
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
public interface IDeliveryChannel
{
    /// <summary>Gets the channel's name.</summary>
    string Name { get; }

    /// <summary>Gets the current counts. Data that is buffered, being sent, or on disk is in flight.</summary>
    LedgerSnapshot Ledger { get; }

    /// <summary>Sends a batch. It returns at once and never throws.</summary>
    /// <param name="batch">The batch. The channel takes ownership: do not use, dispose of or send it afterwards.</param>
    /// <remarks>
    /// The batch counts as accepted with its weight. If the buffer is full, the oldest waiting batch is written to the spool; without a
    /// spool it is lost as <see cref="LossReason.BufferFull"/>. A batch that cannot be sent at all is lost as
    /// <see cref="LossReason.InvalidValue"/>, and after the close as <see cref="LossReason.Closed"/>. Every loss is reported.
    /// </remarks>
    void Send(Batch batch);

    /// <summary>Counts items as accepted and lost that are not sent, and reports the loss. It never throws.</summary>
    /// <param name="reason">The reason: one of <see cref="LossReason"/> or of <see cref="DeliveryChannelOptions.LossReasons"/>. Any other
    /// counts as <see cref="LossReason.Rejected"/>.</param>
    /// <param name="description">Which data was refused, and how to prevent it. It is shown in health and status, so it must not quote the
    /// data. At most 500 characters are used.</param>
    /// <param name="count">The number of items. Nothing happens if it is zero or negative.</param>
    void Refuse(LossReason reason, string description, long count = 1);

    /// <summary>Waits until every batch sent before the call is delivered, stored on disk, or lost. Long pauses are cut short.</summary>
    /// <param name="cancellationToken">Ends the wait, not the sending.</param>
    /// <returns>A task that completes when the batches have been dealt with.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    Task FlushAsync(CancellationToken cancellationToken = default);
}
