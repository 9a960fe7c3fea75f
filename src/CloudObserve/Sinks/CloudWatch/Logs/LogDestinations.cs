using CloudObserve.Delivery;

namespace CloudObserve.Sinks.CloudWatch.Logs;

/// <summary>Creates missing log streams and groups for batches.</summary>
/// <remarks>
/// The stream is created first: a role that may only create streams in an existing group needs no other permission, and no look-up is made.
/// Concurrent batches with the same missing resource share one creation; existing resources are not remembered.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class LogDestinations(
    ServiceCaller caller, Func<string, LogGroupSettings> settings, RetentionRetries retention, TimeProvider time) : IDisposable
{
    // The callers have their own time-outs. This one only prevents an unanswered call from blocking the next attempt.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // A retention call that hangs must not delay the logs; it continues in the background.
    private static readonly TimeSpan RetentionPatience = TimeSpan.FromSeconds(5);

    private readonly SharedRuns<LogDestination, SendResult> _streams = new();
    private readonly SharedRuns<string, SendResult> _groups = new();
    private readonly CancellationTokenSource _closing = new();

    /// <summary>Creates the missing parts of a destination.</summary>
    /// <returns>A success if the destination exists now; otherwise the failure, as an outcome for the batch.</returns>
    internal Task<SendResult> CreateAsync(LogDestination destination, CancellationToken cancellationToken) =>
        _streams.JoinAsync(destination, CreateStreamAsync).WaitAsync(cancellationToken);

    /// <summary>Creates a log group.</summary>
    /// <returns>A success if the group exists now; otherwise the failure.</returns>
    internal Task<SendResult> CreateGroupAsync(string group, CancellationToken cancellationToken) =>
        _groups.JoinAsync(group, CreateGroupAsync).WaitAsync(cancellationToken);

    // The source is cancelled but not disposed of, because a creation may still link to it.
    public void Dispose() => _closing.Cancel();

    private async Task<SendResult> CreateStreamAsync(LogDestination destination)
    {
        ServiceAnswer answer = await CallAsync(ServiceOperation.CreateLogStream, LogBodies.CreateLogStream(destination))
            .ConfigureAwait(false);
        if (answer.IsNotFound)
        {
            SendResult group = await _groups.JoinAsync(destination.Group, CreateGroupAsync).ConfigureAwait(false);
            if (group.Error != ErrorClass.None)
            {
                return group;
            }

            answer = await CallAsync(ServiceOperation.CreateLogStream, LogBodies.CreateLogStream(destination)).ConfigureAwait(false);
        }

        return answer.Succeeded
            ? answer.Result
            : CreationFailure.Of(
                ServiceOperation.CreateLogStream, $"log stream {destination.Stream} of log group {destination.Group}", answer);
    }

    private async Task<SendResult> CreateGroupAsync(string group)
    {
        LogGroupSettings wanted = settings(group);
        ServiceAnswer answer = await CallAsync(ServiceOperation.CreateLogGroup, LogBodies.CreateLogGroup(group, wanted))
            .ConfigureAwait(false);
        if (wanted.RetentionInDays is { } days && IsOurs(answer))
        {
            await SetRetentionAsync(group, days, answer.Succeeded).ConfigureAwait(false);
        }

        return answer.Succeeded ? answer.Result : CreationFailure.Of(ServiceOperation.CreateLogGroup, $"log group {group}", answer);
    }

    // An existing group keeps its retention. If the response was lost, this call may have created the group.
    private static bool IsOurs(ServiceAnswer answer) =>
        answer.Succeeded ? !CloudWatchErrors.IsAlreadyExists(answer.Code) : answer.Result.Error == ErrorClass.Ambiguous;

    private async Task SetRetentionAsync(string group, int days, bool exists)
    {
        retention.Add(group, days);
        if (!exists)
        {
            return;
        }

        try
        {
            await retention.ApplyAsync(group).WaitAsync(RetentionPatience, time, _closing.Token).ConfigureAwait(false);
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            // The retention is still registered as missing, and the call continues.
        }
    }

    private async Task<ServiceAnswer> CallAsync(ServiceOperation operation, ReadOnlyMemory<byte> body)
    {
        using CancellationTokenSource timer = new(Patience, time);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, _closing.Token);
        try
        {
            return await caller.CallAsync(operation, body, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            string message = $"The service did not answer within {Patience}.";
            return new ServiceAnswer(SendResult.Failed(ErrorClass.Ambiguous, "RequestTimeout", message), "", default);
        }
    }
}
