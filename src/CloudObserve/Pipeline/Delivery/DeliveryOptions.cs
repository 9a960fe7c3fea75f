using CloudObserve.Pipeline.Spooling;
using Polly;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>How batches are delivered: section <c>CloudObserve:Delivery</c>.</summary>
public sealed class DeliveryOptions
{
    /// <summary>Gets or sets how many requests of one signal may be under way at once.</summary>
    /// <value>1 to 64. The default is 8.</value>
    /// <remarks>This is the most. How many there are follows from how the service does: one more with each round that succeeds, half as many when it throttles or slows down.</remarks>
    public int MaxConcurrentRequests { get; set; } = 8;

    /// <summary>Gets or sets the memory that encoded batches of one signal may take while they wait, in bytes.</summary>
    /// <value>2 MiB to 1 GiB. The default is 64 MiB.</value>
    /// <remarks>When it is used up, the oldest waiting batch goes to the spool, or is lost as <see cref="LossReason.BufferFull"/> when there is none.</remarks>
    public int MaxBufferBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Gets or sets how long one attempt may take before it counts as <see cref="ErrorClass.Ambiguous"/>.</summary>
    /// <value>1 second to 5 minutes. The default is 15 seconds.</value>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets or sets the longest pause between two attempts of one batch.</summary>
    /// <value>1 second to 10 minutes. The default is 1 minute.</value>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets how long closing may take when no host gives a shorter deadline.</summary>
    /// <value>1 second to 10 minutes. The default is 25 seconds, which is inside the generic host's 30.</value>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>Gets what is kept on disk of batches that cannot be delivered for now.</summary>
    public SpoolOptions Spool { get; } = new();

    /// <summary>Gets or sets a step that replaces the resilience pipeline around each batch.</summary>
    /// <value>
    /// The default is <see langword="null"/>: retry with exponential backoff and jitter by class of error, for as long as the service would
    /// accept the batch.
    /// </value>
    /// <remarks>
    /// Set it in code. The builder is empty and its <see cref="TimeProvider"/> is set. What the pipeline returns decides the batch's fate: an
    /// error that may pass, or an exception, sends it to the spool or loses it as <see cref="LossReason.RetriesExhausted"/>; <see cref="ErrorClass.Invalid"/> and
    /// <see cref="ErrorClass.TooLarge"/> halve it. The pipeline runs again from its start when a flush, a close or the destination's recovery
    /// cuts a pause short, and it is cancelled when the batch has to make room, is too old, or the host's shutdown deadline passes.
    /// </remarks>
    public Action<ResiliencePipelineBuilder<SendResult>>? ConfigureResilience { get; set; }
}
