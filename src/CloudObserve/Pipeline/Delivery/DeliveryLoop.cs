using System.Diagnostics.CodeAnalysis;
using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Pipeline.Batches;
using CloudObserve.Pipeline.Spooling;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Delivers encoded batches, and records each of them in the ledger as delivered or lost.</summary>
/// <remarks>
/// There is no thread and no permanent task: a batch is work on the thread pool while it is sent, and a timer while it pauses. Every
/// enqueued batch is recorded in the ledger exactly once, as delivered or lost, and its memory is returned to the pool.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
[SuppressMessage("Design", "CA1001", Justification = "CloseAsync, which is asynchronous, disposes of the timers.")]
internal sealed class DeliveryLoop
{
    private readonly FlushTickets _tickets = new();
    private readonly Interrupter _interrupter;
    private readonly DeliveryQueue _queue;
    private readonly DeliveryRunner _runner;
    private readonly DeliveryBooks _books;
    private readonly BatchSpool? _spool;
    private readonly SpillPolicy _spill;
    private readonly SpoolReplay? _replay;
    private readonly CopyDelivery? _copies;
    private readonly SpoolCopies? _spoolCopies;
    private readonly TimeProvider _time;

    /// <param name="target">The destination of the batches.</param>
    /// <param name="options">The options, which are read once, in this constructor.</param>
    /// <param name="ledger">The signal's ledger. The producer records what it accepts; the loop records the outcome.</param>
    /// <param name="events">Receives reports.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Returns numbers from 0 (inclusive) to 1 (exclusive) for jitter. The default is shared and thread-safe.</param>
    internal DeliveryLoop(
        DeliveryTarget target,
        DeliveryOptions options,
        LossLedger ledger,
        IDiagnosticEvents events,
        TimeProvider time,
        Func<double>? random = null)
    {
        _time = time;
        _copies = target.Copies;
        _books = new DeliveryBooks(ledger, events);
        _interrupter = new Interrupter(events);
        _queue = new DeliveryQueue(options, _tickets, _interrupter, time);
        if (target.Spool is { } directory)
        {
            directory.Claim(ledger.Signal);
            _spool = new BatchSpool(directory, target.Sink, _books, events);
            _spoolCopies = _copies is null ? null : new SpoolCopies(_spool, _copies);
            _replay = new SpoolReplay(_spool, _queue, TryDeliver, options.MaxRetryDelay, time, _spoolCopies);
            ledger.SpooledProbe = () => _spool.Gauges.Weight;
        }

        _spill = new SpillPolicy(_queue, _tickets, _spool, time);
        RetrySchedule? schedule = options.ConfigureResilience is null
            ? new RetrySchedule(options.MaxRetryDelay, random ?? Random.Shared.NextDouble)
            : null;
        RetryReporter retries = new(ledger.Signal, schedule, events, time);
        AttemptSender sender = new(target.Sink, options.RequestTimeout, events, time);
        ShipmentAttempts attempts = new(_queue, RetryPipeline.Build(options, time), sender, retries, _spill, time);
        _runner = new DeliveryRunner(_queue, attempts, retries, _spill, _books, events);
    }

    /// <summary>Gets the current state of the loop.</summary>
    internal DeliveryGauges Gauges => _queue.Gauges with { Spool = _spool?.Gauges ?? default };

    /// <summary>Gets or sets the callback for each batch that has ended, so that a producer that waits for room checks again.</summary>
    /// <remarks>It must return immediately, and must be set before the start.</remarks>
    internal Action? RoomMade
    {
        get => _queue.RoomMade;
        set => _queue.RoomMade = value;
    }

    /// <summary>Determines whether a batch of the given size fits, in memory or on disk, without the loss of another.</summary>
    internal bool HasRoomFor(int bytes) => _queue.HasRoomFor(bytes) || _spool?.HasRoomFor(bytes) == true;

    /// <summary>Accepts everything from now on, regardless of memory.</summary>
    /// <remarks>Called when a producer that has waited for room is being closed.</remarks>
    internal void LiftLimit() => _queue.LiftLimit();

    /// <summary>Starts delivery of the batches enqueued so far, and of those an earlier process left on disk.</summary>
    internal void Start()
    {
        _spool?.TakeOver();
        _queue.Open();
        _replay?.Proceed();
        _spoolCopies?.Start();
    }

    /// <summary>
    /// Takes ownership of a batch. Never waits for delivery and never throws. If the buffer is full, the oldest batch is evicted.
    /// </summary>
    /// <param name="batch">The batch, which the producer has recorded as accepted.</param>
    internal void Enqueue(Batch batch)
    {
        // Before the delivery begins, which may split the batch or give it up.
        _copies?.Take(batch);
        if (TryDeliver(new Shipment(batch)) is not { } refused)
        {
            return;
        }

        string detail = refused == LossReason.Closed
            ? "it was enqueued after the pipeline was closed."
            : "it is larger than Delivery:MaxBufferBytes.";
        _books.Lose(batch, refused, detail);
        batch.Dispose();
    }

    /// <summary>
    /// Returns a task that completes when every batch enqueued before the call is delivered or lost. Long pauses are cut short.
    /// </summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled; delivery continues.</exception>
    internal async Task FlushAsync(CancellationToken cancellationToken)
    {
        using FlushTickets.Flush waiting = _tickets.BeginFlush();
        Task settled = _tickets.Take();
        _queue.RetryPausedNow();
        await settled.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits like a flush but cuts no pause short.</summary>
    /// <remarks>For a caller that can wait, because the delivered data also exists elsewhere.</remarks>
    internal Task WhenSettledAsync(CancellationToken cancellationToken) => _tickets.Take().WaitAsync(cancellationToken);

    /// <summary>
    /// Refuses further batches, delivers the rest without long pauses, and at the deadline records the remainder as lost. Never throws.
    /// </summary>
    /// <param name="deadline">Cancelled when the host's deadline passes. A second call adds its own deadline; the earlier one
    /// applies.</param>
    internal async Task CloseAsync(CancellationToken deadline)
    {
        Task drained = _queue.Close();
        CancellationTokenRegistration abandoning = deadline.UnsafeRegister(static queue => ((DeliveryQueue)queue!).DropAll(), _queue);

        // A resilience strategy of the host that ignores cancellation may hold its batch for ever; that batch then stays in flight.
        await drained.EndsAsync(_time, deadline).Inline();
        _ = abandoning.Unregister();

        _replay?.Dispose();
        _spill.Dispose();
        await _interrupter.Arrived.EndsAsync(_time, deadline).Inline();
    }

    // The flow waits for its turn before the shipment is in the queue, so that its turn always finds it. If the shipment is refused, it
    // never gets one.
    private LossReason? TryDeliver(Shipment shipment)
    {
        _ = BackgroundLoop.StartHere(() => RunAsync(shipment));
        return _queue.TryEnter(shipment);
    }

    private async Task RunAsync(Shipment shipment)
    {
        // Inline, because the pool may have no free thread when shipments are dropped.
        await shipment.Turn.Inline();
        Interruption dropped = await shipment.Turn.ConfigureAwait(false);
        SpoolEntry? broughtBack = shipment.Run.Entry;
        try
        {
            if (dropped == Interruption.None)
            {
                await _runner.RunAsync(shipment).ConfigureAwait(false);
            }
            else
            {
                _runner.GiveUp(shipment, dropped);
            }
        }
        finally
        {
            _spill.Settle(shipment);
            _queue.Leave(shipment);
        }

        _replay?.Left(shipment.Header, broughtBack, shipment.Run.HasArrived);
    }
}
