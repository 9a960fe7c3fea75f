using CloudObserve.Diagnostics;
using CloudObserve.Pipeline;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Hosting;

/// <summary>Starts, flushes and closes the signals of one host, without knowing which they are.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class CloudObserveRuntime : ICloudObserve, IAsyncDisposable, IDisposable
{
    // How much of the time for closing goes at most into reading what is there; the rest is for delivering it.
    private const int PatienceShare = 4;

    // Reading and telling take moments where nothing hangs, so they are done after the deadline too.
    private static readonly TimeSpan QuieteningGrace = TimeSpan.FromSeconds(1);

    private readonly ISignal[] _signals;
    private readonly DeliveryOptions _delivery;
    private readonly IDiagnosticEvents _events;
    private readonly StatusReader _status;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();

    // Both guarded by the lock, which is held for nothing else.
    private CrashGuard? _guard;
    private TaskCompletionSource? _closing;

    public CloudObserveRuntime(
        IEnumerable<ISignal> signals, DeliveryOptions delivery, SignalSources sources, IDiagnosticEvents events, StatusReader status, TimeProvider time)
    {
        _signals = [.. signals];
        _delivery = delivery;
        _events = events;
        _status = status;
        _time = time;
        foreach (ISignal signal in _signals)
        {
            sources.Register(new SignalSource(signal.Ledger.Signal, () => Read(signal)));
        }
    }

    public IReadOnlyDictionary<string, LedgerSnapshot> Ledgers => _signals.ToDictionary(s => s.Ledger.Signal, s => s.Ledger.Snapshot());

    public CloudObserveStatus GetStatus() => _status.Read();

    public ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        Task<FlushResult> flushing = FlushAllAsync(cancellationToken);
        if (flushing.IsCompleted || !cancellationToken.CanBeCanceled)
        {
            return new ValueTask<FlushResult>(flushing);
        }

        // The token is waited for on a thread of its own: where the pool has no thread left, nobody else would let the caller go.
        TaskCompletionSource<FlushResult> flushed = new();
        _ = BackgroundLoop.StartThread(() => WaitForFlush(flushing, flushed, cancellationToken));
        return new ValueTask<FlushResult>(flushed.Task);
    }

    public async ValueTask DisposeAsync() => await CloseAsync(CancellationToken.None).ConfigureAwait(false);

    public void Dispose()
    {
        // Only a provider that is disposed of without await gets here with work to do. Losing what is buffered would be worse than
        // holding this thread until the deadline, and the work awaits no context that this thread could be needed for.
        CloseAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    internal void Start()
    {
        lock (_lock)
        {
            _guard ??= _closing is null ? new CrashGuard(this, _events) : null;
        }

        foreach (ISignal signal in _signals)
        {
            signal.Start();
        }
    }

    /// <summary>Closes all signals once; a later call waits for the first. It is over a little after the deadline, whatever code of the application does.</summary>
    internal Task CloseAsync(CancellationToken deadline)
    {
        TaskCompletionSource closing;
        lock (_lock)
        {
            if (_closing is not null)
            {
                return _closing.Task;
            }

            // Whoever waits goes on at once, on the thread of the end: where the pool has no thread left, nobody else would let them.
            _closing = closing = new TaskCompletionSource();
        }

        _ = BackgroundLoop.StartThread(() => End(closing, deadline));
        return closing.Task;
    }

    private void End(TaskCompletionSource closing, CancellationToken deadline)
    {
        Task closed = new EndOfHost(_delivery.ShutdownTimeout, _time).Run(CloseAllAsync, deadline);

        // What is to be said is said before whoever waits goes on, and may end the process. This thread is there for waiting.
        Array.ForEach(_signals, s => s.Ledger.TellRest());
        _ = _events.WhenSaidAsync().Wait(QuieteningGrace, CancellationToken.None);
        lock (_lock)
        {
            // Not before: a process that ends in the middle of closing waits for it.
            _guard?.Dispose();
            _guard = null;
        }

        if (closed.IsFaulted)
        {
            closing.SetException(closed.Exception.InnerExceptions);
        }
        else
        {
            closing.SetResult();
        }
    }

    private static SignalReading Read(ISignal signal)
    {
        LedgerSnapshot books = signal.Ledger.Snapshot();
        DeliveryGauges gauges = signal.Gauges;
        return new SignalReading(
            books.Accepted,
            books.Delivered,
            [.. books.Lost.Select(l => KeyValuePair.Create(l.Key.ToString(), l.Value))],
            books.InFlight,
            gauges.WaitingBatches,
            gauges.WaitingBytes,
            gauges.Requests,
            gauges.OldestAge,
            gauges.RequestLimit,
            books.Spooled,
            gauges.Spool.Bytes,
            gauges.Spool.Batches);
    }

    private async Task<FlushResult> FlushAllAsync(CancellationToken cancellationToken)
    {
        bool completed = true;
        try
        {
            await WhenReadyAsync(cancellationToken).ConfigureAwait(false);

            // What filters find in the logs becomes metrics, which must have arrived there before the metrics are collected.
            await Task.WhenAll(_signals.Select(s => s.GatherAsync(cancellationToken))).ConfigureAwait(false);
            await Task.WhenAll(_signals.Select(s => s.FlushAsync(cancellationToken))).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            completed = false;
        }

        return new FlushResult(completed, Ledgers);
    }

    private void WaitForFlush(Task<FlushResult> flushing, TaskCompletionSource<FlushResult> flushed, CancellationToken cancellationToken)
    {
        try
        {
            _ = Task.WaitAny([flushing], cancellationToken);
        }
        catch (OperationCanceledException)
        {
            if (!flushing.IsCompleted)
            {
                flushed.SetResult(new FlushResult(false, Ledgers));
                return;
            }
        }

        flushed.SetFromTask(flushing);
    }

    private async Task CloseAllAsync(CancellationToken deadline)
    {
        // A part of the time only: signals that do not get ready, because code of the application hangs, must not cost the others theirs.
        using (CancellationTokenSource patience = new(_delivery.ShutdownTimeout / PatienceShare, _time))
        using (CancellationTokenSource first = CancellationTokenSource.CreateLinkedTokenSource(deadline, patience.Token))
        {
            _ = await QuietenAllAsync(first.Token).EndsAsync(_time, QuieteningGrace, first.Token).ConfigureAwait(false);
        }

        await Task.WhenAll(_signals.Select(s => s.CloseAsync(deadline))).ConfigureAwait(false);
    }

    private async Task QuietenAllAsync(CancellationToken deadline)
    {
        try
        {
            await WhenReadyAsync(deadline).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // What there is, is read as it is.
        }

        await Task.WhenAll(_signals.Select(s => s.QuietenAsync(CancellationToken.None))).ConfigureAwait(false);
    }

    private Task WhenReadyAsync(CancellationToken cancellationToken) => Task.WhenAll(_signals.Select(s => s.WhenReadyAsync(cancellationToken)));
}
