using CloudObserve.Audit.Insights;
using CloudObserve.Audit.Shipping;
using CloudObserve.Pipeline;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Audit;

/// <summary>Runs the trail of a host. Delivered means on the disk.</summary>
/// <remarks>
/// The trail is opened by the host's start, so that a trail that cannot be written fails the start, or without a host by the first record. Making the
/// services opens nothing: a tool that only builds the host must not take the lock.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class AuditSignal(AuditParts parts) : ISignal
{
    private static readonly TimeSpan LagInterval = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();

    // Guarded by the gate where it is written; read without it.
    private volatile OpenedTrail? _opened;
    private volatile bool _isClosed;
    private ITimer? _lag;

    /// <summary>Gets what watches for unusual rates; <see langword="null"/> when that is switched off.</summary>
    internal InsightWatch? Insights { get; } = parts.Options.DetectInsights ? new InsightWatch(parts) : null;

    public LossLedger Ledger => parts.Ledger;

    public DeliveryGauges Gauges => _opened?.Journal.Gauges ?? default;

    public void Start()
    {
        // Whoever starts the signals may only be building the host; see the remarks.
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_opened is { } opened)
        {
            await opened.Journal.FlushAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            await Task.WhenAll(parts.Shippings.Select(s => s.FlushAsync(cancellationToken))).ConfigureAwait(false);
        }
    }

    public async Task QuietenAsync(CancellationToken deadline)
    {
        if (_opened is { } opened)
        {
            // First, because it records too.
            await (Insights?.StopAsync() ?? Task.CompletedTask).WaitAsync(deadline).ConfigureAwait(false);

            await KeyTriedAsync(opened, deadline).ConfigureAwait(false);

            // Writers are answered before it is told how long they waited. What is told of the last of them is told when this is done.
            await opened.Journal.CloseAsync().WaitAsync(deadline).ConfigureAwait(false);
        }
    }

    public async Task CloseAsync(CancellationToken deadline)
    {
        OpenedTrail? opened;
        lock (_gate)
        {
            opened = _isClosed ? null : _opened;
            _isClosed = true;
        }

        if (opened is null)
        {
            return;
        }

        // First, because it records too. Each step is waited for, but none for ever: a handler, signer or store of the application's own may hang.
        _ = await (Insights?.StopAsync() ?? Task.CompletedTask).EndsAsync(parts.Time, deadline).ConfigureAwait(false);
        await KeyTriedAsync(opened, deadline).ConfigureAwait(false);
        _ = await opened.Journal.CloseAsync().EndsAsync(parts.Time, deadline).ConfigureAwait(false);
        _ = await opened.Keeper.CloseAsync(deadline).EndsAsync(parts.Time, deadline).ConfigureAwait(false);

        // Last, so that what was just sealed and signed goes too. The lock is still held: the next process begins where this one ends.
        _ = await Task.WhenAll(parts.Shippings.Select(s => s.CloseAsync(deadline))).EndsAsync(parts.Time, deadline).ConfigureAwait(false);
        if (_lag is { } lag)
        {
            await lag.DisposeAsync().ConfigureAwait(false);
        }

        opened.Dispose();
        Insights?.Dispose();
    }

    /// <summary>Opens the trail, once.</summary>
    /// <exception cref="AuditTrailException">It cannot be written, or is closed. In the first case the next call tries again.</exception>
    internal OpenedTrail Open()
    {
        if (_opened is { } opened)
        {
            return opened;
        }

        if (_gate.IsHeldByCurrentThread)
        {
            // A signer or shipper of the application's own is being made for the trail, and records. Opening the trail twice would be refused by its own lock.
            throw new AuditTrailException("The audit trail is being opened: nothing can be recorded by what is made for it.");
        }

        lock (_gate)
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
        await opened.Keeper.KeyTried.WaitAsync(deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private void TellLag()
    {
        foreach (ShippingReading reading in parts.Shippings.Select(static s => s.Reading))
        {
            parts.Observer.Behind(reading.Destination, reading.Undelivered, reading.OldestAge);
        }
    }
}
