using Polly;

namespace CloudObserve.Delivery;

/// <summary>Options for the delivery of batches: section <c>CloudObserve:Delivery</c>.</summary>
public sealed class DeliveryOptions
{
    /// <summary>Gets or sets the maximum number of concurrent requests of one signal.</summary>
    /// <value>1 to 64. The default is 8.</value>
    /// <remarks>
    /// The actual limit adapts to the service: it grows by one with each successful round, and halves when the service throttles or slows
    /// down.
    /// </remarks>
    public int MaxConcurrentRequests { get; set; } = 8;

    /// <summary>Gets or sets the maximum memory for waiting encoded batches of one signal, in bytes.</summary>
    /// <value>2 MiB to 1 GiB. The default is 64 MiB.</value>
    /// <remarks>
    /// When it is used up, the oldest waiting batch is written to the spool. Without a spool it is lost as
    /// <see cref="LossReason.BufferFull"/>.
    /// </remarks>
    public int MaxBufferBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// Gets or sets the maximum duration of one attempt. After it, the attempt counts as <see cref="ErrorClass.Ambiguous"/>.
    /// </summary>
    /// <value>1 second to 5 minutes. The default is 15 seconds.</value>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets or sets the longest pause between two attempts of one batch.</summary>
    /// <value>1 second to 10 minutes. The default is 1 minute.</value>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets the maximum duration of a close when no host sets a shorter deadline.</summary>
    /// <value>1 second to 10 minutes. The default is 25 seconds, which is less than the generic host's 30.</value>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>Gets the options for storing undeliverable batches on disk.</summary>
    public SpoolOptions Spool { get; } = new();

    /// <summary>Gets or sets a callback that replaces the resilience pipeline around each batch.</summary>
    /// <value>
    /// The default is <see langword="null"/>: retry with exponential backoff and jitter, depending on the error class, for as long as the
    /// service would accept the batch.
    /// </value>
    /// <remarks>
    /// Set it in code. The builder is empty and its <see cref="TimeProvider"/> is set. The result of the pipeline decides the batch's
    /// outcome: after a transient error or an exception, the batch is written to the spool or lost as
    /// <see cref="LossReason.RetriesExhausted"/>; after <see cref="ErrorClass.Invalid"/> and <see cref="ErrorClass.TooLarge"/> it is split
    /// in halves. The pipeline runs again from its start when a flush, a close or the destination's recovery cuts a pause short. It is
    /// cancelled when the batch is evicted or too old, or when the host's shutdown deadline passes.
    /// </remarks>
    public Action<ResiliencePipelineBuilder<SendResult>>? ConfigureResilience { get; set; }
}
