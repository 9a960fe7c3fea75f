using CloudObserve.Audit.Insights;
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
    private readonly Lock _gate = new();

    // Guarded by the gate where it is written; read without it.
    private volatile OpenedTrail? _opened;
    private volatile bool _isClosed;

    /// <summary>Gets what watches for unusual rates; <see langword="null"/> when that is switched off.</summary>
    internal InsightWatch? Insights { get; } = parts.Options.DetectInsights ? new InsightWatch(parts) : null;

    public LossLedger Ledger => parts.Ledger;

    public DeliveryGauges Gauges => _opened?.Journal.Gauges ?? default;

    public void Start()
    {
        // Whoever starts the signals may only be building the host; see the remarks.
    }

    public Task FlushAsync(CancellationToken cancellationToken) => _opened?.Journal.FlushAsync().WaitAsync(cancellationToken) ?? Task.CompletedTask;

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

        // First, because it records too.
        await (Insights?.StopAsync() ?? Task.CompletedTask).ConfigureAwait(false);
        await opened.Journal.CloseAsync().ConfigureAwait(false);
        await opened.Keeper.CloseAsync(deadline).ConfigureAwait(false);
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
            }

            return _opened;
        }
    }
}
