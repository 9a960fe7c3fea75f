using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Sinks.CloudWatch.Logs;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>Delivers batches to Amazon CloudWatch and CloudWatch Logs, with one attempt per call.</summary>
/// <remarks>
/// AWS is not contacted before the first batch: a host starts without a network, a region or credentials, and anything missing is looked
/// for again at the next attempt.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class CloudWatchSink : IBatchSink, IDisposable
{
    private readonly ServiceCaller _caller;
    private readonly LogSender _logs;
    private volatile bool _disposed;

    /// <summary>Initializes a new instance of the <see cref="CloudWatchSink"/> class.</summary>
    /// <param name="options">The region, endpoint and credentials.</param>
    /// <param name="time">The clock.</param>
    /// <param name="events">Receives reports of the sink.</param>
    /// <param name="groups">Returns the settings of a log group to be created, by its name, or <see langword="null"/> for no
    /// settings.</param>
    internal CloudWatchSink(AwsOptions options, TimeProvider time, IDiagnosticEvents events, Func<string, LogGroupSettings>? groups = null)
    {
        _caller = new ServiceCaller(options, time, events);
        _logs = new LogSender(_caller, groups ?? (static _ => LogGroupSettings.None), events, time);
    }

    /// <inheritdoc/>
    public async ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        ServiceOperation operation = ServiceOperation.Find(batch.Operation);
        if (operation == ServiceOperation.PutLogEvents)
        {
            return await _logs.SendAsync(batch, cancellationToken).ConfigureAwait(false);
        }

        if (operation == ServiceOperation.PutMetricFilter)
        {
            return await _logs.PutFilterAsync(batch, cancellationToken).ConfigureAwait(false);
        }

        ServiceAnswer answer = await _caller.CallAsync(operation, batch.Body, cancellationToken).ConfigureAwait(false);
        return answer.Result;
    }

    /// <inheritdoc/>
    public bool CanSend(string operation) => ServiceOperation.IsKnown(operation);

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _logs.Dispose();
        _caller.Dispose();
    }
}
