using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Pipeline.Batches;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>A delivery with a ledger and a sink of its own, for batches that are encoded elsewhere.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class DeliveryChannel : ISignal, IDeliveryChannel
{
    // A spool file cannot hold a longer header, and messages show both texts.
    private const int MaxHeaderLength = 2048;
    private const int MaxDescriptionLength = 500;

    private readonly DeliveryLoop _loop;

    /// <param name="name">The name in reports, instruments and logs, and of the spool's directory.</param>
    /// <param name="target">The destination of the batches.</param>
    /// <param name="options">The validated options of the channel.</param>
    /// <param name="defaults">The options of the host's other deliveries.</param>
    /// <param name="events">Receives reports.</param>
    /// <param name="time">The clock.</param>
    internal DeliveryChannel(
        string name,
        DeliveryTarget target,
        DeliveryChannelOptions options,
        DeliveryOptions defaults,
        IDiagnosticEvents events,
        TimeProvider time)
    {
        Events hinted = new(events);
        Stage = options.Stage;
        Ledger = new LossLedger(name, hinted, ownReasons: [.. options.LossReasons]);
        DeliveryTarget own = options.UsesSpool ? target : target with { Spool = null };
        _loop = new DeliveryLoop(own, OptionsOf(options, defaults), Ledger, hinted, time);
    }

    /// <inheritdoc/>
    public string Name => Ledger.Signal;

    /// <inheritdoc/>
    public LossLedger Ledger { get; }

    LedgerSnapshot IDeliveryChannel.Ledger => Ledger.Snapshot();

    /// <inheritdoc/>
    public DeliveryGauges Gauges => _loop.Gauges;

    /// <inheritdoc/>
    public int Stage { get; }

    /// <inheritdoc/>
    public void Start() => _loop.Start();

    /// <inheritdoc/>
    public void Send(Batch batch)
    {
        long weight = batch?.Weight ?? 1;
        Ledger.Accept(weight);
        if (FaultOf(batch) is { } fault)
        {
            Ledger.Lose(LossReason.InvalidValue, weight, fault);
            return;
        }

        try
        {
            _loop.Enqueue(batch!);
        }
        catch (Exception exception)
        {
            // The loop does not throw, except for a batch that its owner disposes of meanwhile.
            Ledger.Lose(LossReason.InvalidValue, weight, $"the batch could not be read: {exception.GetType().Name}: {exception.Message}");
        }
    }

    /// <inheritdoc/>
    public void Refuse(LossReason reason, string description, long count = 1)
    {
        if (count > 0)
        {
            string text = description ?? "";
            Ledger.Accept(count);
            Ledger.Lose(reason, count, text.Length <= MaxDescriptionLength ? text : text[..MaxDescriptionLength]);
        }
    }

    /// <inheritdoc/>
    public Task FlushAsync(CancellationToken cancellationToken) => _loop.FlushAsync(cancellationToken);

    /// <summary>Waits like a flush but cuts no pause short.</summary>
    internal Task WhenSettledAsync(CancellationToken cancellationToken) => _loop.WhenSettledAsync(cancellationToken);

    /// <inheritdoc/>
    public Task CloseAsync(CancellationToken deadline) => _loop.CloseAsync(deadline);

    private static DeliveryOptions OptionsOf(DeliveryChannelOptions options, DeliveryOptions defaults) => new()
    {
        MaxConcurrentRequests = options.MaxConcurrentRequests ?? defaults.MaxConcurrentRequests,
        MaxBufferBytes = options.MaxBufferBytes ?? defaults.MaxBufferBytes,
        RequestTimeout = options.RequestTimeout ?? defaults.RequestTimeout,
        MaxRetryDelay = options.MaxRetryDelay ?? defaults.MaxRetryDelay,
        ShutdownTimeout = defaults.ShutdownTimeout,
        ConfigureResilience = defaults.ConfigureResilience,
    };

    // The checks that only an owner outside of this library can fail.
    private static string? FaultOf(Batch? batch) => batch switch
    {
        null => "the batch was null.",
        { Header: { Operation: null } or { Destination: null } } => "the batch has no operation or no destination.",
        _ when batch.Operation.Length + batch.Destination.Length > MaxHeaderLength =>
            $"the operation and the destination have more than {MaxHeaderLength} characters together.",
        _ when !batch.TryTake() => "the batch was sent before, or has been disposed of.",
        _ => null,
    };

    // The hints for AWS would mislead: the destination of a channel can be anything.
    private sealed class Events(IDiagnosticEvents events) : ForwardingEvents(events)
    {
        public override void AttemptFailed(FailedAttempt attempt) =>
            base.AttemptFailed(attempt with { Hint = ErrorHint.ForAnyDestination(attempt.ErrorClass) });
    }
}
