using System.Diagnostics.CodeAnalysis;
using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Pipeline.Batches;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Delivers a copy of each batch of other deliveries to a second sink, whatever becomes of the batch itself.</summary>
/// <remarks>
/// <para>The copies go through a delivery channel, with its own ledger and buffer, so the second sink can neither delay nor fail the first
/// delivery. A batch is copied when it is enqueued. Attempts, splits and the spool come later and copy nothing.</para>
/// <para>The ledger counts the same items as those of the other signals: samples, events and records.</para>
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
[SuppressMessage("Design", "CA1001",
    Justification = "The source has no timer, and may be cancelled and read for as long as the process lives.")]
internal sealed class CopyDelivery : ISignal
{
    private readonly DeliveryChannel _channel;
    private readonly Predicate<Batch> _isKept;
    private readonly IDiagnosticEvents _events;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _lock = new();

    // Guarded by the lock.
    private readonly List<Task> _background = [];

    /// <param name="signal">The name of the copies in reports.</param>
    /// <param name="sink">The second sink.</param>
    /// <param name="options">The options of the other deliveries, of which the limits apply to the copies too.</param>
    /// <param name="events">Receives reports.</param>
    /// <param name="time">The clock.</param>
    /// <param name="isKept">Determines whether the second sink still has the copy that an earlier process made of a batch.</param>
    internal CopyDelivery(
        string signal, IBatchSink sink, DeliveryOptions options, IDiagnosticEvents events, TimeProvider time, Predicate<Batch> isKept)
    {
        _isKept = isKept;
        _events = events;

        // One request at a time: the second sink gets the batches in the order in which they were enqueued. The host's own resilience
        // pipeline is for its destination, so the copies do without it.
        DeliveryChannelOptions own = new() { MaxConcurrentRequests = 1, UsesSpool = false, Stage = 1 };
        DeliveryOptions limits = new()
        {
            MaxBufferBytes = options.MaxBufferBytes,
            RequestTimeout = options.RequestTimeout,
            MaxRetryDelay = options.MaxRetryDelay,
            ShutdownTimeout = options.ShutdownTimeout,
        };
        _channel = new DeliveryChannel(signal, new DeliveryTarget(sink), own, limits, events, time);
    }

    /// <inheritdoc/>
    public LossLedger Ledger => _channel.Ledger;

    /// <inheritdoc/>
    public DeliveryGauges Gauges => _channel.Gauges;

    /// <inheritdoc/>
    public int Stage => _channel.Stage;

    /// <inheritdoc/>
    public void Start() => _channel.Start();

    /// <inheritdoc/>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await Background().WaitAsync(cancellationToken).ConfigureAwait(false);
        await _channel.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task CloseAsync(CancellationToken deadline)
    {
        await BackgroundLoop.StartThread(_closing.Cancel).Inline();
        await _channel.CloseAsync(deadline).Inline();
    }

    /// <summary>Copies a batch that this process has encoded.</summary>
    /// <param name="batch">The batch; the caller keeps ownership. It gets an id, by which a later process recognizes its copy.</param>
    internal void Take(Batch batch)
    {
        try
        {
            batch.CopyId = batch.CopyId == Guid.Empty ? Guid.NewGuid() : batch.CopyId;
            _channel.Send(batch.Copy());
        }
        catch (Exception exception)
        {
            // Without memory for the copy. The delivery of the batch itself goes on.
            _channel.Refuse(
                LossReason.EncodingFailed,
                $"the copy could not be made: {exception.GetType().Name}: {exception.Message}",
                batch.Weight);
        }
    }

    /// <summary>Copies a batch that an earlier process has encoded, unless the second sink has its copy.</summary>
    /// <param name="batch">The batch; the caller keeps ownership.</param>
    internal void TakeOver(Batch batch)
    {
        if (!_isKept(batch))
        {
            Take(batch);
        }
    }

    /// <summary>Runs work that hands batches over. A flush waits for it, and a close cancels it.</summary>
    internal void RunInBackground(Func<CancellationToken, Task> work)
    {
        Task running = BackgroundLoop.Start(() => RunAsync(work));
        lock (_lock)
        {
            _background.Add(running);
        }
    }

    /// <summary>Waits until every copy taken before the call is delivered or lost.</summary>
    internal Task WhenSettledAsync(CancellationToken cancellationToken) => _channel.WhenSettledAsync(cancellationToken);

    private async Task RunAsync(Func<CancellationToken, Task> work)
    {
        try
        {
            await work(_closing.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // What is left stays in the spool, where the next process finds it.
        }
        catch (Exception exception)
        {
            _events.InternalError(nameof(CopyDelivery), exception);
        }
    }

    private Task Background()
    {
        lock (_lock)
        {
            _ = _background.RemoveAll(static t => t.IsCompleted);
            return Task.WhenAll(_background);
        }
    }
}
