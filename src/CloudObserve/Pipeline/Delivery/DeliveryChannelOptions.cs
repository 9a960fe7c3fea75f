namespace CloudObserve.Delivery;

/// <summary>Options of one delivery channel: named options, whose name is that of the channel.</summary>
/// <remarks>A limit that is not set has the value that <see cref="DeliveryOptions"/> has in the same host.</remarks>
public sealed class DeliveryChannelOptions
{
    /// <summary>The highest number of a stage.</summary>
    internal const int MaxStage = 9;

    /// <summary>Gets or sets the maximum number of concurrent requests.</summary>
    /// <value>1 to 64. The default is <see langword="null"/>: <see cref="DeliveryOptions.MaxConcurrentRequests"/>.</value>
    /// <remarks>With 1, the sink gets the batches in the order in which they were sent, except after a failure.</remarks>
    public int? MaxConcurrentRequests { get; set; }

    /// <summary>Gets or sets the maximum memory for waiting batches, in bytes.</summary>
    /// <value>64 KiB to 1 GiB. The default is <see langword="null"/>: <see cref="DeliveryOptions.MaxBufferBytes"/>.</value>
    public int? MaxBufferBytes { get; set; }

    /// <summary>Gets or sets the maximum duration of one attempt.</summary>
    /// <value>1 second to 5 minutes. The default is <see langword="null"/>: <see cref="DeliveryOptions.RequestTimeout"/>.</value>
    public TimeSpan? RequestTimeout { get; set; }

    /// <summary>Gets or sets the longest pause between two attempts of one batch.</summary>
    /// <value>1 second to 10 minutes. The default is <see langword="null"/>: <see cref="DeliveryOptions.MaxRetryDelay"/>.</value>
    public TimeSpan? MaxRetryDelay { get; set; }

    /// <summary>Gets or sets a value indicating whether batches that cannot be delivered are stored on disk.</summary>
    /// <value>The default is <see langword="true"/>. It has no effect if <see cref="SpoolOptions.Enabled"/> is
    /// <see langword="false"/>.</value>
    /// <remarks>
    /// The spool of a channel is a directory of its name beside those of the built-in signals, also with
    /// <see cref="Destination.Local"/>. A later process with a channel of that name delivers its batches. They share the space of
    /// <see cref="SpoolOptions.MaxBytes"/> with the signals.
    /// </remarks>
    public bool UsesSpool { get; set; } = true;

    /// <summary>Gets or sets the number of the stage in which the channel is flushed and closed.</summary>
    /// <value>0 to 9. The default is 0, the stage of metrics, logs and the audit trail.</value>
    /// <remarks>
    /// The stages are flushed and closed one after the other. A channel that gets its data from another channel, or from the sink of a
    /// signal, needs a later stage than that. The local copy is in stage 1, and its files are in stage 2.
    /// </remarks>
    public int Stage { get; set; }

    /// <summary>Gets the loss reasons of the channel besides the members of <see cref="LossReason"/>.</summary>
    /// <value>At most 32. The default is empty.</value>
    public IList<LossReason> LossReasons { get; } = [];
}
