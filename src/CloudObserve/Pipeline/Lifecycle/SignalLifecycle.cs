using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Pipeline.Delivery;
using CloudObserve.Pipeline.Spooling;

namespace CloudObserve.Pipeline.Lifecycle;

/// <summary>Starts, flushes and closes the signals of one host, in their stages.</summary>
/// <remarks>It does not know which signals there are.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class SignalLifecycle
{
    // Quietening the signals may take at most one part in this many of the shutdown timeout. The rest is for delivery.
    private const int PatienceShare = 4;

    // Reading and reporting take moments unless something hangs, so they are also done after the deadline, within this time.
    private static readonly TimeSpan QuieteningGrace = TimeSpan.FromSeconds(1);

    private readonly ISignal[] _signals;
    private readonly TimeSpan _shutdownTimeout;
    private readonly IDiagnosticEvents _events;
    private readonly TimeProvider _time;
    private readonly SpoolDirectory? _spool;
    private readonly Lock _lock = new();

    // All three fields are guarded by _lock, which guards nothing else.
    private bool _isStarted;
    private CrashGuard? _guard;
    private TaskCompletionSource? _closing;

    /// <param name="signals">The signals. Those of one stage are flushed and closed in this order.</param>
    /// <param name="shutdownTimeout">The longest time for closing when the host gives no shorter deadline.</param>
    /// <param name="sources">Receives the state of each signal.</param>
    /// <param name="events">Receives reports.</param>
    /// <param name="time">The clock.</param>
    /// <param name="spool">The host's spool, which reports batches of signals that this process does not have.</param>
    internal SignalLifecycle(
        IEnumerable<ISignal> signals, TimeSpan shutdownTimeout, SignalSources sources, IDiagnosticEvents events, TimeProvider time,
        SpoolDirectory? spool = null)
    {
        _signals = [.. signals.OrderBy(s => s.Stage)];
        _shutdownTimeout = shutdownTimeout;
        _events = events;
        _time = time;
        _spool = spool;
        foreach (ISignal signal in _signals)
        {
            sources.Register(new SignalSource(signal.Ledger.Signal, () => Read(signal)));
            foreach (SignalSource further in signal.FurtherSources)
            {
                sources.Register(further);
            }
        }
    }

    /// <summary>Gets the counts of every signal, by its name.</summary>
    internal IReadOnlyDictionary<string, LedgerSnapshot> Ledgers => _signals.ToDictionary(s => s.Ledger.Signal, s => s.Ledger.Snapshot());

    /// <summary>Waits until everything accepted before the call is delivered, stored on disk, or lost.</summary>
    /// <param name="cancellationToken">Ends the wait, not the sending.</param>
    /// <returns>Whether the flush completed before it was cancelled.</returns>
    internal Task<bool> FlushAsync(CancellationToken cancellationToken)
    {
        Task<bool> flushing = FlushAllAsync(cancellationToken);
        if (flushing.IsCompleted || !cancellationToken.CanBeCanceled)
        {
            return flushing;
        }

        // A dedicated thread waits for the token. If the thread pool is exhausted, a continuation on the pool would never release the
        // caller.
        TaskCompletionSource<bool> flushed = new();
        _ = BackgroundLoop.StartThread(() => WaitForFlush(flushing, flushed, cancellationToken));
        return flushed.Task;
    }

    /// <summary>Starts all signals. A later call starts nothing twice.</summary>
    internal void Start()
    {
        bool isFirst;
        lock (_lock)
        {
            _guard ??= _closing is null ? new CrashGuard(CloseAsync, _events) : null;
            isFirst = !_isStarted;
            _isStarted = true;
        }

        foreach (ISignal signal in _signals.OrderByDescending(s => s.Stage))
        {
            signal.Start();
        }

        if (isFirst)
        {
            _spool?.ReportUnclaimed();
        }
    }

    /// <summary>Closes all signals once; a later call returns the same task.</summary>
    /// <remarks>It completes shortly after the deadline at the latest, whatever the application's code does.</remarks>
    internal Task CloseAsync(CancellationToken deadline)
    {
        TaskCompletionSource closing;
        lock (_lock)
        {
            if (_closing is not null)
            {
                return _closing.Task;
            }

            // Continuations run synchronously on the closing thread. If the thread pool is exhausted, they would not run otherwise.
            _closing = closing = new TaskCompletionSource();
        }

        _ = BackgroundLoop.StartThread(() => End(closing, deadline));
        return closing.Task;
    }

    private void End(TaskCompletionSource closing, CancellationToken deadline)
    {
        Task closed = new EndOfHost(_shutdownTimeout, _time).Run(CloseAllAsync, deadline);

        // The remaining messages are written before the waiting callers continue, because they may end the process. This thread may block.
        Array.ForEach(_signals, s => s.Ledger.TellRest());
        _ = _events.WhenSaidAsync().Wait(QuieteningGrace, CancellationToken.None);
        lock (_lock)
        {
            // The guard is disposed last, so that a process that ends during closing waits for it.
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

    private async Task<bool> FlushAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WhenReadyAsync(cancellationToken).ConfigureAwait(false);

            // Metric filters turn log events into metrics. These must reach the metrics signal before it is collected.
            await Task.WhenAll(_signals.Select(s => s.GatherAsync(cancellationToken))).ConfigureAwait(false);
            await InStagesAsync(s => s.FlushAsync(cancellationToken)).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static void WaitForFlush(Task<bool> flushing, TaskCompletionSource<bool> flushed, CancellationToken cancellationToken)
    {
        try
        {
            _ = Task.WaitAny([flushing], cancellationToken);
        }
        catch (OperationCanceledException)
        {
            if (!flushing.IsCompleted)
            {
                flushed.SetResult(false);
                return;
            }
        }

        flushed.SetFromTask(flushing);
    }

    private async Task CloseAllAsync(CancellationToken deadline)
    {
        // Quietening gets a part of the time only. If one signal hangs in the application's code, the other signals must still be
        // delivered.
        using (ThreadTimeout timeout = new(_shutdownTimeout / PatienceShare, _time))
        using (CancellationTokenSource first = CancellationTokenSource.CreateLinkedTokenSource(deadline, timeout.Token))
        {
            await QuietenAllAsync(first.Token).EndsAsync(_time, QuieteningGrace, first.Token).Inline();
        }

        await InStagesAsync(s => s.CloseAsync(deadline)).Inline();
    }

    // A stage that fails does not stop the later ones: they must be closed too.
    private async Task InStagesAsync(Func<ISignal, Task> step)
    {
        List<Task> stages = [];
        foreach (IGrouping<int, ISignal> stage in _signals.GroupBy(s => s.Stage))
        {
            Task all = Task.WhenAll(stage.Select(step));
            stages.Add(all);
            await all.Inline(suppressesThrowing: true);
        }

        await Task.WhenAll(stages).Inline();
    }

    private async Task QuietenAllAsync(CancellationToken deadline)
    {
        try
        {
            await WhenReadyAsync(deadline).Inline();
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // The time is over. The signals are closed with the data that they have now.
        }

        await Task.WhenAll(_signals.Select(s => s.StopSelfMetricsAsync(CancellationToken.None))).Inline();
    }

    private Task WhenReadyAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_signals.Select(s => s.WhenReadyAsync(cancellationToken)));
}
