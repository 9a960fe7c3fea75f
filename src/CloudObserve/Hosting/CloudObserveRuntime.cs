using CloudObserve.Diagnostics;
using CloudObserve.Pipeline;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Hosting;

/// <summary>Starts, flushes and closes the signals of one host, without knowing which they are.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class CloudObserveRuntime : ICloudObserve, IAsyncDisposable, IDisposable
{
    private readonly ISignal[] _signals;
    private readonly DeliveryOptions _delivery;
    private readonly IDiagnosticEvents _events;
    private readonly StatusReader _status;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();

    // Both guarded by the gate.
    private CrashGuard? _guard;
    private Task? _closing;

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

    public async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        bool completed = true;
        try
        {
            await WhenReadyAsync(cancellationToken).ConfigureAwait(false);
            await Task.WhenAll(_signals.Select(s => s.FlushAsync(cancellationToken))).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            completed = false;
        }

        return new FlushResult(completed, Ledgers);
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
        lock (_gate)
        {
            _guard ??= _closing is null ? new CrashGuard(this, _events, _time) : null;
        }

        foreach (ISignal signal in _signals)
        {
            signal.Start();
        }
    }

    /// <summary>Closes all signals once; a later call waits for the first.</summary>
    internal Task CloseAsync(CancellationToken deadline)
    {
        lock (_gate)
        {
            _guard?.Dispose();
            _guard = null;
            return _closing ??= CloseAllAsync(deadline);
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

    private async Task CloseAllAsync(CancellationToken deadline)
    {
        using CancellationTokenSource ownDeadline = new(_delivery.ShutdownTimeout, _time);
        using CancellationTokenSource first = CancellationTokenSource.CreateLinkedTokenSource(deadline, ownDeadline.Token);
        try
        {
            await WhenReadyAsync(first.Token).ConfigureAwait(false);
            await Task.WhenAll(_signals.Select(s => s.QuietenAsync(first.Token))).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (first.IsCancellationRequested)
        {
            // The deadline comes first: what there is, is read as it is.
        }

        await Task.WhenAll(_signals.Select(s => s.CloseAsync(first.Token))).ConfigureAwait(false);
    }

    private Task WhenReadyAsync(CancellationToken cancellationToken) => Task.WhenAll(_signals.Select(s => s.WhenReadyAsync(cancellationToken)));
}
