using CloudObserve.Pipeline;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Logs;

/// <summary>Runs the logs of a host: one reader that is woken by size, by its interval, or by an event that may not wait.</summary>
/// <remarks>
/// The gate lets one thread read at a time: the loop, or whoever flushes or closes and does the reader's work itself rather than wait for it.
/// Threads that log never take it.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
/// <param name="parts">What the logs are made of.</param>
/// <param name="pump">The reader's work.</param>
/// <param name="options">Validated options.</param>
/// <param name="prepare">What is done before anything is read.</param>
internal sealed class LogsSignal(LogPumpParts parts, LogPump pump, LogsOptions options, Func<CancellationToken, Task>? prepare = null) : ISignal, IDisposable
{
    private static readonly TimeSpan ReleaseInterval = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();

    // Both guarded by the gate.
    private long _sealedAt = parts.Time.GetTimestamp();
    private long _releasedAt = parts.Time.GetTimestamp();

    private readonly CancellationTokenSource _closing = new();
    private Task? _preparing;
    private Task? _reading;
    private volatile bool _closed;

    public LossLedger Ledger => parts.Ledger;

    public DeliveryGauges Gauges => parts.Loop.Gauges;

    public void Start()
    {
        lock (_gate)
        {
            if (_reading is null && !_closed)
            {
                parts.Loop.Start();
                _preparing = BackgroundLoop.Start(PrepareAsync);
                _reading = BackgroundLoop.Start(ReadAsync);
            }
        }
    }

    public Task WhenReadyAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _preparing?.WaitAsync(cancellationToken) ?? Task.CompletedTask;
        }
    }

    public Task FlushAsync(CancellationToken cancellationToken)
    {
        ReadUpTo(parts.Ring.Tail);
        return parts.Loop.FlushAsync(cancellationToken);
    }

    public async Task CloseAsync(CancellationToken deadline)
    {
        // Closed to writers first. A writer that has claimed space before is waited for below: it is some instructions from publishing.
        long end = parts.Ring.Close();
        ReadUpTo(end);
        Task? reading;
        lock (_gate)
        {
            if (!_closed)
            {
                pump.CloseFormatter();
            }

            _closed = true;
            reading = _reading;
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        parts.Signal.Wake();
        if (reading is not null)
        {
            await reading.ConfigureAwait(false);
        }

        parts.Signal.Dispose();
        await parts.Loop.CloseAsync(deadline).ConfigureAwait(false);
    }

    // Cancelled and not disposed: the preparation may still be about to link to it.
    public void Dispose() => _closing.Cancel();

    private async Task ReadAsync()
    {
        await WhenReadyAsync(CancellationToken.None).ConfigureAwait(false);
        while (!_closed)
        {
            await parts.Signal.WaitAsync(options.FlushInterval, CancellationToken.None).ConfigureAwait(false);
            try
            {
                Read();
            }
            catch (Exception exception)
            {
                // A fault of ours with one record must not end the reading of all later ones; it is reported, and the loop goes on.
                parts.Events.InternalError("reading log events", exception);
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

    private void Read()
    {
        lock (_gate)
        {
            _ = pump.ReadAll();
            if (parts.Buffer.TakeHurry_ReaderOnly() || parts.Time.GetElapsedTime(_sealedAt) >= options.FlushInterval)
            {
                SealAll_NeedsLock();
            }
        }
    }

    private void ReadUpTo(long position)
    {
        SpinWait spin = default;
        lock (_gate)
        {
            _ = pump.ReadAll();
            while (parts.Ring.Head < position)
            {
                spin.SpinOnce();
                _ = pump.ReadAll();
            }

            SealAll_NeedsLock();
        }
    }

    private void SealAll_NeedsLock()
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
