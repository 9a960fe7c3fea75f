using CloudObserve.Audit.Insights;
using CloudObserve.Audit.Shipping;
using CloudObserve.Diagnostics;
using CloudObserve.Pipeline;
using CloudObserve.Pipeline.Batches;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Audit;

/// <summary>Runs the trail of a host.</summary>
/// <remarks>
/// A record counts as delivered when it is on disk. The host's start opens the trail, so that a trail that cannot be written fails the
/// start. Without a host, the first record opens it. Creating the services opens nothing, because a tool that only builds the host must not
/// take the lock.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class AuditSignal(AuditParts parts) : ISignal
{
    /// <summary>The name of the signal in reports, instruments and logs.</summary>
    internal const string SignalName = "audit";

    private static readonly TimeSpan LagInterval = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();

    // Written under the lock; read without it.
    private volatile OpenedTrail? _opened;
    private volatile bool _isClosed;
    private ITimer? _lag;

    /// <summary>Gets the watch for unusual rates; <see langword="null"/> when it is switched off.</summary>
    internal InsightWatch? Insights { get; } = parts.Options.DetectInsights ? new InsightWatch(parts) : null;

    public LossLedger Ledger => parts.Ledger;

    public DeliveryGauges Gauges => _opened?.Journal.Gauges ?? default;

    public IEnumerable<SignalSource> FurtherSources =>
        parts.Shippings.Select(static s => new SignalSource(s.Name, () => s.Reading.ToSignalReading()));

    public void Start()
    {
        // Deliberately empty: signals may be started by code that only builds the host. See the remarks of the class.
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_opened is { } opened)
        {
            await opened.Journal.FlushAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            await Task.WhenAll(parts.Shippings.Select(s => s.FlushAsync(cancellationToken))).ConfigureAwait(false);
        }
    }

    public async Task StopSelfMetricsAsync(CancellationToken deadline)
    {
        if (_opened is { } opened)
        {
            // Stopped first, because it records events too.
            await (Insights?.StopAsync() ?? Task.CompletedTask).WaitAsync(deadline).Inline();

            await KeyTriedAsync(opened, deadline).Inline();

            // Waiting writers are released before their waiting times are reported. The last of these reports are complete when this
            // returns.
            await opened.Journal.CloseAsync().WaitAsync(deadline).Inline();
        }
    }

    public async Task CloseAsync(CancellationToken deadline)
    {
        OpenedTrail? opened;
        lock (_lock)
        {
            opened = _isClosed ? null : _opened;
            _isClosed = true;
        }

        if (opened is null)
        {
            return;
        }

        // Stopped first, because it records events too. Each step is waited for, but with a limit, because a handler, signer or store of
        // the application may hang.
        await (Insights?.StopAsync() ?? Task.CompletedTask).EndsAsync(parts.Time, deadline).Inline();
        await KeyTriedAsync(opened, deadline).Inline();
        await opened.Journal.CloseAsync().EndsAsync(parts.Time, deadline).Inline();
        await opened.Maintenance.CloseAsync(deadline).EndsAsync(parts.Time, deadline).Inline();

        // Closed last, so that files that were just sealed and signed are shipped too. The lock is still held, and the next process
        // continues where this one ends.
        await Task.WhenAll(parts.Shippings.Select(s => s.CloseAsync(deadline))).EndsAsync(parts.Time, deadline).Inline();
        if (_lag is { } lag)
        {
            await lag.DisposeAsync().AsTask().EndsAsync(parts.Time, deadline).Inline();
        }

        opened.Dispose();
        Insights?.Dispose();
    }

    /// <summary>Opens the trail once.</summary>
    /// <exception cref="AuditTrailException">
    /// The trail cannot be written, or it is closed. If it cannot be written, the next call tries again.
    /// </exception>
    internal OpenedTrail Open()
    {
        if (_opened is { } opened)
        {
            return opened;
        }

        if (_lock.IsHeldByCurrentThread)
        {
            // The application's own signer or shipper records while it is being created. Opening the trail a second time would fail because
            // of its own lock.
            throw new AuditTrailException(
                "The audit trail is being opened. A signer or shipper must not record events while it is being created.");
        }

        lock (_lock)
        {
            if (_isClosed)
            {
                throw new AuditTrailException("The audit trail is closed: the host has stopped.");
            }

            if (_opened is null)
            {
                _opened = new TrailOpening(parts).Run();
                Insights?.Start(_opened.Journal);
                _lag = parts.Shippings.Count > 0 ? parts.Time.CreateTimer(_ => TellLag(), null, LagInterval, LagInterval) : null;
            }

            return _opened;
        }
    }

    private static async Task KeyTriedAsync(OpenedTrail opened, CancellationToken deadline) =>
        await opened.Maintenance.KeyTried.WaitAsync(deadline).Inline(suppressesThrowing: true);

    private void TellLag()
    {
        foreach (ShippingReading reading in parts.Shippings.Select(static s => s.Reading))
        {
            parts.Observer.Behind(reading.Destination, reading.Undelivered, reading.OldestAge);
        }
    }
}
