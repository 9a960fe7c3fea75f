using System.Diagnostics.CodeAnalysis;
using CloudObserve.Pipeline;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Logs;

/// <summary>Runs the logs of a host: one reader that is woken by size, by its interval, or by an event that may not wait.</summary>
/// <remarks>
/// One thread at a time has its turn with the pump: the loop, or the thread that reads everything for a flush or the end. Who has the turn may run a
/// formatter of the application's own, which may hang; so nobody waits for the turn on a thread of the application, or without a limit.
/// Threads that log never take it.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
/// <param name="parts">What the logs are made of.</param>
/// <param name="pump">The reader's work.</param>
/// <param name="options">Validated options.</param>
/// <param name="prepare">What is done before anything is read.</param>
[SuppressMessage("Design", "CA1001", Justification = "The turn has no wait handle, and a reader that hangs may come back for it after the end.")]
internal sealed class LogsSignal(LogPumpParts parts, LogPump pump, LogsOptions options, Func<CancellationToken, Task>? prepare = null) : ISignal, IDisposable
{
    private static readonly TimeSpan ReleaseInterval = TimeSpan.FromMinutes(15);

    // Lets one in to the pump.
    private readonly SemaphoreSlim _turn = new(1, 1);

    // All three belong to who has the turn.
    private long _sealedAt = parts.Time.GetTimestamp();
    private long _releasedAt = parts.Time.GetTimestamp();
    private bool _isFormatterClosed;

    // Set whenever the delivery may have room again; waited for by a thread that reads everything while there is none.
    private readonly ManualResetEventSlim _room = new();

    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _lock = new();

    // Guarded by the lock. It is held for bookkeeping only.
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

        // Last, and outside the lock: it reads what an earlier process left on the disk, which takes its time and may be worth a notice.
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

    public Task QuietenAsync(CancellationToken deadline)
    {
        // Closed to writers first. A writer that has claimed space before is waited for when the rest is read: it is some instructions from publishing.
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

        _ = await DrainAsync().EndsAsync(parts.Time, deadline).ConfigureAwait(false);
        Task cancelled = _closing.CancelAsync();
        parts.Signal.Wake();
        await parts.Loop.CloseAsync(deadline).ConfigureAwait(false);

        // Last: where the pool has no thread left, the reader does not come to its end, and nothing is lost by that.
        _ = await Task.WhenAll(reading, cancelled).EndsAsync(parts.Time, TimeSpan.Zero, deadline).ConfigureAwait(false);
        parts.Signal.Dispose();
    }

    // Cancelled and not disposed: the preparation may still be about to link to it.
    public void Dispose() => _closing.Cancel();

    private async Task ReadAsync()
    {
        await WhenReadyAsync(CancellationToken.None).ConfigureAwait(false);
        while (!_closed)
        {
            await parts.Signal.WaitAsync(options.FlushInterval, CancellationToken.None, heedsThreshold: !pump.IsHeld).ConfigureAwait(false);

            // Somebody who has the turn now reads everything, and wakes this loop afterwards.
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
            // Logs are shipped all the same.
            parts.Events.InternalError("preparing to read log events", exception);
        }
    }

    /// <summary>Reads everything that was published before the call, on a thread of its own. Calls that come before that thread has its turn share it.</summary>
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
                // Who comes from now on may have published behind the position that is read up to.
                _nextDrain = null;
            }

            ReadUpTo_NeedsTurn(parts.Ring.Tail);
            if (parts.Ring.IsClosed && !_isFormatterClosed)
            {
                _isFormatterClosed = true;
                pump.CloseFormatter();
            }
        });

        // The loop may have been woken in the meantime, and found that it was not its turn.
        parts.Signal.Wake();
    }

    // What is in the ring now is all that will come, so its memory is bounded; and there is no time left to wait for room.
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
            // A fault of ours with one record must not end the reading of all later ones; it is reported, and the reading goes on.
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

            // Reset before it is looked for, so that room which is made from now on is not missed.
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
