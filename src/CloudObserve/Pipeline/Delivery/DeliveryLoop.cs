using System.Diagnostics.CodeAnalysis;
using CloudObserve.Diagnostics;
using CloudObserve.Pipeline.Spooling;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Takes encoded batches and sees each of them delivered or lost, with the books kept.</summary>
/// <remarks>
/// There is no thread and no standing task: a batch is work on the thread pool while it is being sent, and a timer while it pauses. Every
/// batch that was enqueued ends in the ledger exactly once, delivered or lost, and its memory goes back to the pool.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
[SuppressMessage("Design", "CA1001", Justification = "Closing, which takes its time, ends the timers too.")]
internal sealed class DeliveryLoop
{
    private readonly DeliveryGate _gate;
    private readonly DeliveryRunner _runner;
    private readonly DeliveryBooks _books;
    private readonly BatchSpool? _spool;
    private readonly SpoolKeeper _keeper;
    private readonly SpoolReplay? _replay;
    private readonly TimeProvider _time;

    /// <param name="sink">Where batches land.</param>
    /// <param name="options">Read once, here.</param>
    /// <param name="ledger">The signal's books; the producer books what it accepts, the loop what becomes of it.</param>
    /// <param name="events">Who is told.</param>
    /// <param name="time">The clock.</param>
    /// <param name="spool">Where batches are kept that cannot be delivered for now; <see langword="null"/>: in memory only.</param>
    /// <param name="random">Numbers from 0 up to 1 for jitter; shared and thread-safe by default.</param>
    internal DeliveryLoop(
        IBatchSink sink,
        DeliveryOptions options,
        LossLedger ledger,
        IDiagnosticEvents events,
        TimeProvider time,
        SpoolDirectory? spool = null,
        Func<double>? random = null)
    {
        _time = time;
        _books = new DeliveryBooks(ledger, events);
        _gate = new DeliveryGate(options, events, time, Begin, Drop);
        _spool = spool is null ? null : new BatchSpool(spool, sink, _books, events);
        _keeper = new SpoolKeeper(_gate, _spool, time);
        _replay = _spool is null ? null : new SpoolReplay(_spool, _gate, options.MaxRetryDelay, time);
        ledger.SpooledProbe = _spool is null ? null : () => _spool.Gauges.Weight;
        RetrySchedule? schedule = options.ConfigureResilience is null
            ? new RetrySchedule(options.MaxRetryDelay, random ?? Random.Shared.NextDouble)
            : null;
        _runner = new DeliveryRunner(
            _gate,
            RetryPipeline.Build(options, time),
            new AttemptSender(sink, options.RequestTimeout, events, time),
            new RetryReporter(ledger.Signal, schedule, events, time),
            _keeper,
            _books,
            events,
            time);
    }

    /// <summary>Gets what the loop holds at this moment.</summary>
    internal DeliveryGauges Gauges => _gate.Gauges with { Spool = _spool?.Gauges ?? default };

    /// <summary>Gets or sets what is called whenever a batch is done with, so that a producer that waits for room looks again. It must return at once. Set before the start.</summary>
    internal Action? RoomMade
    {
        get => _gate.RoomMade;
        set => _gate.RoomMade = value;
    }

    /// <summary>Tells whether a batch of so many bytes finds room, in memory or on disk, without the loss of another.</summary>
    internal bool HasRoomFor(int bytes) => _gate.HasRoomFor(bytes) || _spool?.HasRoomFor(bytes) == true;

    /// <summary>Takes everything from now on, whatever memory it needs: for a producer that has waited for room, and whose end has come.</summary>
    internal void LiftLimit() => _gate.LiftLimit();

    /// <summary>Begins to deliver. What was enqueued before has waited, and so has what an earlier process left on disk.</summary>
    internal void Start()
    {
        _spool?.TakeOver();
        _gate.Open();
        _replay?.Proceed();
    }

    /// <summary>Takes a batch over. It never blocks on delivery and never throws; what does not fit makes room by losing the oldest.</summary>
    /// <param name="batch">The batch. The producer has booked it as accepted.</param>
    internal void Enqueue(Batch batch)
    {
        if (_gate.TryAdd(new Shipment(batch)) is not { } refused)
        {
            return;
        }

        string detail = refused == LossReason.Closed ? "it came after the pipeline had been closed." : "it is larger than Delivery:MaxBufferBytes.";
        _books.Lose(batch, refused, detail);
        batch.Dispose();
    }

    /// <summary>Completes when every batch enqueued before the call is delivered or lost. Batches in a pause are tried again at once.</summary>
    /// <exception cref="OperationCanceledException">The waiting was cancelled; the delivering goes on.</exception>
    internal Task FlushAsync(CancellationToken cancellationToken) => _gate.FlushAsync(cancellationToken);

    /// <summary>Completes as a flush does, but hurries nothing: for who can wait, and has what is delivered somewhere else too.</summary>
    internal Task WhenSettledAsync(CancellationToken cancellationToken) => _gate.WhenSettled().WaitAsync(cancellationToken);

    /// <summary>Refuses further batches, delivers what there is without long pauses, and at the deadline books the rest as lost. Never throws.</summary>
    /// <param name="deadline">Cancelled when the host will wait no longer. A second call adds its own deadline; the earlier one counts.</param>
    internal async Task CloseAsync(CancellationToken deadline)
    {
        Task drained = _gate.Close();
        CancellationTokenRegistration abandoning = deadline.UnsafeRegister(static gate => ((DeliveryGate)gate!).Abandon(), _gate);

        // A resilience strategy of the host's that ignores its cancellation may keep its batch for ever: that batch stays in flight then.
        _ = await drained.EndsAsync(_time, deadline).ConfigureAwait(false);
        _ = abandoning.Unregister();

        _replay?.Dispose();
        _keeper.Dispose();
        _ = await _gate.InterruptionsArrived().EndsAsync(_time, deadline).ConfigureAwait(false);
    }

    private void Begin(Shipment shipment) => _ = BackgroundLoop.Start(() => RunAsync(shipment));

    private async Task RunAsync(Shipment shipment)
    {
        if (!shipment.TryTakeFlow())
        {
            // Given up before there was a thread for it.
            return;
        }

        SpoolEntry? broughtBack = shipment.Entry;
        await _runner.RunAsync(shipment).ConfigureAwait(false);
        _replay?.Ended(shipment.Header, broughtBack, shipment.HasArrived);
    }

    private void Drop(Shipment shipment, Interruption why)
    {
        SpoolEntry? broughtBack = shipment.Entry;
        _runner.GiveUp(shipment, why);
        _keeper.End(shipment);
        _gate.Finish(shipment);
        _replay?.Ended(shipment.Header, broughtBack, arrived: false);
    }
}
