using CloudObserve.Pipeline.Delivery;
using CloudObserve.Sinks.Local.Ingestion;

namespace CloudObserve.Sinks.Local;

/// <summary>Passes batches to the embedded CloudWatch, which accepts or refuses them as AWS would.</summary>
/// <remarks>Each service operation is an <see cref="ILocalOperation"/>. A new signal only adds an entry to the table below.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
/// <param name="cloudWatch">The destination of batches.</param>
/// <param name="groups">Returns the settings of a log group to be created, by its name, or <see langword="null"/> for no settings.</param>
internal sealed class LocalSink(EmbeddedCloudWatch cloudWatch, Func<string, LogGroupSettings>? groups = null) : IBatchSink
{
    private readonly Dictionary<string, ILocalOperation> _operations = new(StringComparer.Ordinal)
    {
        ["PutMetricData"] = new PutMetricDataOperation(cloudWatch.Metrics, cloudWatch.Clock),
        ["PutLogEvents"] = new PutLogEventsOperation(
            cloudWatch.Logs, cloudWatch.Metrics, cloudWatch.MetricFilters, groups ?? (static _ => LogGroupSettings.None), cloudWatch.Clock),
        ["PutMetricFilter"] = new PutMetricFilterOperation(cloudWatch.MetricFilters),
    };

    /// <inheritdoc/>
    public ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(
            _operations.TryGetValue(batch.Operation, out ILocalOperation? operation)
                ? Apply(operation, batch)
                : SendResult.Failed(
                    ErrorClass.Invalid, ErrorCodes.UnknownOperation, $"The operation {batch.Operation} is not supported here."));
    }

    // The store uses the same clock, so only events logged before the clock was set back are moved.
    private SendResult Apply(ILocalOperation operation, Batch batch)
    {
        SendResult result = Apply(operation, batch.Body.Span);
        DateTimeOffset now = cloudWatch.Clock.GetUtcNow();
        using RetimedEvents? retimed = RetimedEvents.Make(batch, result, clock: now, service: now);
        return retimed is null ? result : retimed.Combine(Apply(operation, retimed.Batch.Body.Span));
    }

    private static SendResult Apply(ILocalOperation operation, ReadOnlySpan<byte> body)
    {
        try
        {
            return operation.Apply(body);
        }
        catch (CloudWatchException refusal)
        {
            ErrorClass error = refusal.Code == ErrorCodes.RequestEntityTooLarge ? ErrorClass.TooLarge : ErrorClass.Invalid;
            return SendResult.Failed(error, refusal.Code, refusal.Message);
        }
    }
}
