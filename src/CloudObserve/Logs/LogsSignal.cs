using CloudObserve.Pipeline;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Logs;

/// <summary>Runs the logs of a host: one reader that is woken by size, by its interval, or by an event that may not wait.</summary>
/// <remarks>
/// The gate lets one thread read at a time: the loop, or whoever flushes or closes and does the reader's work itself rather than wait for it.
/// Threads that log never take it.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class LogsSignal(LogPumpParts parts, LogPump pump, LogsOptions options) : ISignal
{
    private static readonly TimeSpan ReleaseInterval = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();

    // Both guarded by the gate.
    private long _sealedAt = parts.Time.GetTimestamp();
    private long _releasedAt = parts.Time.GetTimestamp();

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
                _reading = BackgroundLoop.Start(ReadAsync);
            }
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
                pump.CloseGate();
            }

            _closed = true;
            reading = _reading;
        }

        parts.Signal.Wake();
        if (reading is not null)
        {
            await reading.ConfigureAwait(false);
        }

        parts.Signal.Dispose();
        await parts.Loop.CloseAsync(deadline).ConfigureAwait(false);
    }

    private async Task ReadAsync()
    {
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
