using CloudObserve.Delivery;
using CloudObserve.Diagnostics;

namespace CloudObserve.Sinks.CloudWatch.Logs;

/// <summary>Sends batches of log events, and creates their destination if the service reports it missing.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class LogSender : IDisposable
{
    private readonly ServiceCaller _caller;
    private readonly RetentionRetries _retention;
    private readonly LogDestinations _destinations;
    private readonly TimeProvider _time;

    internal LogSender(ServiceCaller caller, Func<string, LogGroupSettings> settings, IDiagnosticEvents events, TimeProvider time)
    {
        _caller = caller;
        _time = time;
        _retention = new RetentionRetries(caller, events, time);
        _destinations = new LogDestinations(caller, settings, _retention, time);
    }

    internal async ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken)
    {
        ServiceAnswer answer = await PutAsync(batch, cancellationToken).ConfigureAwait(false);
        if (answer.IsNotFound && LogDestination.Of(batch.Body.Span) is { } destination)
        {
            SendResult created = await _destinations.CreateAsync(destination, cancellationToken).ConfigureAwait(false);
            if (created.Error != ErrorClass.None)
            {
                return created;
            }

            // Only once. A resource that is still missing afterwards only has to become visible, and the delivery loop retries.
            answer = await PutAsync(batch, cancellationToken).ConfigureAwait(false);
        }

        if (!answer.Succeeded)
        {
            return answer.Result;
        }

        RetryRetentionIfDue(batch);
        SendResult result = PutLogEventsAnswer.Read(answer.Content.Span, batch.ItemCount);
        DateTimeOffset now = _time.GetUtcNow();
        using RetimedEvents? retimed = RetimedEvents.Make(batch, result, clock: now, service: answer.ServiceTime ?? now);
        if (retimed is null)
        {
            return result;
        }

        ServiceAnswer second = await PutAsync(retimed.Batch, cancellationToken).ConfigureAwait(false);
        return retimed.Combine(second.Succeeded ? PutLogEventsAnswer.Read(second.Content.Span, retimed.Batch.ItemCount) : second.Result);
    }

    /// <summary>Creates a metric filter in its log group, and creates the group if the service reports it missing.</summary>
    internal async ValueTask<SendResult> PutFilterAsync(Batch call, CancellationToken cancellationToken)
    {
        ServiceOperation operation = ServiceOperation.PutMetricFilter;
        ServiceAnswer answer = await _caller.CallAsync(operation, call.Body, cancellationToken).ConfigureAwait(false);
        if (answer.IsNotFound && LogDestination.GroupOf(call.Body.Span) is { } group)
        {
            SendResult created = await _destinations.CreateGroupAsync(group, cancellationToken).ConfigureAwait(false);
            if (created.Error != ErrorClass.None)
            {
                return created;
            }

            answer = await _caller.CallAsync(operation, call.Body, cancellationToken).ConfigureAwait(false);
        }

        return answer.Succeeded
            ? answer.Result
            : SendResult.Failed(
                answer.Result.Error, answer.Result.Code, CreationFailure.Advice(operation, answer), answer.Result.RetryAfter);
    }

    public void Dispose()
    {
        _destinations.Dispose();
        _retention.Dispose();
    }

    private ValueTask<ServiceAnswer> PutAsync(Batch batch, CancellationToken cancellationToken) =>
        _caller.CallAsync(ServiceOperation.PutLogEvents, batch.Body, cancellationToken);

    private void RetryRetentionIfDue(Batch batch)
    {
        if (_retention.HasDebts && LogDestination.Of(batch.Body.Span) is { } destination)
        {
            _retention.RetryIfDue(destination.Group);
        }
    }
}
