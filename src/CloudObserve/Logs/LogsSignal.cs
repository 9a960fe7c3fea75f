using System.Diagnostics.CodeAnalysis;
using CloudObserve.Pipeline;
using CloudObserve.Pipeline.Batches;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Logs;

/// <summary>Runs the logs of a host.</summary>
/// <remarks>
/// One reader is woken by the amount of data, by its interval, or by an event that requests an immediate flush. One thread at a time has
/// the turn to use the pump: the loop, or the thread that reads everything for a flush or the close. That thread may run a formatter of the
/// application, which may hang. So no thread of the application waits for the turn, and no wait for it is unlimited. Threads that log never
/// take the turn.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
/// <param name="parts">The parts of the logs.</param>
/// <param name="pump">Does the work of the reader.</param>
/// <param name="options">The validated options.</param>
/// <param name="prepare">Completes before the first record is read.</param>
[SuppressMessage("Design", "CA1001",
    Justification = "The turn has no wait handle, and a reader that hangs may come back for it after the end.")]
internal sealed class LogsSignal(LogPumpParts parts, LogPump pump, LogsOptions options, Func<CancellationToken, Task>? prepare = null)
    : ISignal, IDisposable
{
    private static readonly TimeSpan ReleaseInterval = TimeSpan.FromMinutes(15);

    // Admits one thread at a time to the pump.
    private readonly SemaphoreSlim _turn = new(1, 1);

    // All three fields belong to the thread that has the turn.
    private long _sealedAt = parts.Time.GetTimestamp();
    private long _releasedAt = parts.Time.GetTimestamp();
    private bool _isFormatterClosed;

    // Set whenever the delivery may have room again. A thread that reads everything waits for it when there is no room.
    private readonly ManualResetEventSlim _room = new();

    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _lock = new();

    // Guarded by the lock, which is held for bookkeeping only.
    private Task? _preparing;
    private Task? _reading;
    private Task? _nextDrain;
    private volatile bool _closed;

    public LossLedger Ledger => parts.Ledger;

    public DeliveryGauges Gauges => parts.Loop.Gauges;

    public void Start()
    {
        lock (_lock)
        {
            if (_reading is not null || _closed)
            {
                return;
            }

            parts.Loop.RoomMade = LookForRoom;
            _preparing = BackgroundLoop.Start(PrepareAsync);
            _reading = BackgroundLoop.Start(ReadAsync);
        }

        // Last, and outside the lock: it reads data from disk that an earlier process left. That takes time and may cause messages.
        parts.Loop.Start();
    }

    public Task WhenReadyAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _preparing?.WaitAsync(cancellationToken) ?? Task.CompletedTask;
        }
    }

    public Task GatherAsync(CancellationToken cancellationToken) => DrainAsync().WaitAsync(cancellationToken);

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await GatherAsync(cancellationToken).ConfigureAwait(false);
        await parts.Loop.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StopSelfMetricsAsync(CancellationToken deadline)
    {
        // Closed to writers first. A writer that has already claimed space is a few instructions from publishing, and reading the rest
        // waits for it.
        _ = parts.Ring.Close();
        ForceRest();
        return DrainAsync().WaitAsync(deadline);
    }

    public async Task CloseAsync(CancellationToken deadline)
    {
        _ = parts.Ring.Close();
        ForceRest();
        Task reading;
        lock (_lock)
        {
            _closed = true;
            reading = _reading ?? Task.CompletedTask;
        }

        await DrainAsync().EndsAsync(parts.Time, deadline).Inline();
        Task cancelled = _closing.CancelAsync();
        parts.Signal.Wake();
        await parts.Loop.CloseAsync(deadline).Inline();

        // Last: if the thread pool is exhausted, the reader does not end, but no data is lost.
        await Task.WhenAll(reading, cancelled).EndsAsync(parts.Time, TimeSpan.Zero, deadline).Inline();
        parts.Signal.Dispose();
    }

    // Cancelled and not disposed, because the preparation may still link to it.
    public void Dispose() => _closing.Cancel();

    private async Task ReadAsync()
    {
        await WhenReadyAsync(CancellationToken.None).ConfigureAwait(false);
        while (!_closed)
        {
            await parts.Signal.WaitAsync(options.FlushInterval, CancellationToken.None, heedsThreshold: !pump.IsHeld).ConfigureAwait(false);

            // If another thread has the turn, it reads everything and wakes this loop afterwards.
            if (_turn.Wait(TimeSpan.Zero))
            {
                InTurn(Read);
            }
        }
    }

    private async Task PrepareAsync()
    {
        try
        {
            await (prepare?.Invoke(_closing.Token) ?? Task.CompletedTask).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Logs are shipped anyway.
            parts.Events.InternalError("preparing to read log events", exception);
        }
    }

    /// <summary>Reads everything that was published before the call, on a dedicated thread.</summary>
    /// <remarks>Calls made before that thread has the turn share it.</remarks>
    private Task DrainAsync()
    {
        lock (_lock)
        {
            return _nextDrain ??= BackgroundLoop.StartThread(Drain);
        }
    }

    private void Drain()
    {
        _turn.Wait();
        InTurn(() =>
        {
            lock (_lock)
            {
                // Later callers may have published records after the position up to which this thread reads, so they need a new one.
                _nextDrain = null;
            }

            ReadUpTo_NeedsTurn(parts.Ring.Tail);
            if (parts.Ring.IsClosed && !_isFormatterClosed)
            {
                _isFormatterClosed = true;
                pump.CloseFormatter();
            }
        });

        // The loop may have been woken meanwhile and found that another thread had the turn.
        parts.Signal.Wake();
    }

    // The ring is closed, so its content limits the memory for this, and there is no time left to wait for room.
    private void ForceRest()
    {
        if (options.WhenFull == WhenFull.Wait)
        {
            parts.Loop.LiftLimit();
            pump.Force();
            _room.Set();
        }
    }

    private void LookForRoom()
    {
        if (pump.IsHeld)
        {
            _room.Set();
            parts.Signal.Wake();
        }
    }

    private void InTurn(Action read)
    {
        try
        {
            read();
        }
        catch (Exception exception)
        {
            // An internal error with one record must not stop the reading of later ones; it is reported.
            parts.Events.InternalError("reading log events", exception);
        }
        finally
        {
            _ = _turn.Release();
        }
    }

    private void Read()
    {
        _ = pump.ReadAll();
        if (parts.Buffer.TakeHurry_ReaderOnly() || parts.Time.GetElapsedTime(_sealedAt) >= options.FlushInterval)
        {
            SealAll_NeedsTurn();
        }
    }

    private void ReadUpTo_NeedsTurn(long position)
    {
        SpinWait spin = default;
        _ = pump.ReadAll();
        while (parts.Ring.Head < position)
        {
            spin.SpinOnce();
            if (pump.IsHeld)
            {
                _room.Wait();
            }

            // Reset before the check for room, so that room made after the check is not missed.
            _room.Reset();
            _ = pump.ReadAll();
        }

        SealAll_NeedsTurn();
    }

    private void SealAll_NeedsTurn()
    {
        pump.SealAll();
        _sealedAt = parts.Time.GetTimestamp();
        if (parts.Time.GetElapsedTime(_releasedAt) >= ReleaseInterval)
        {
            pump.ReleaseIdle();
            _releasedAt = _sealedAt;
        }
    }
}
