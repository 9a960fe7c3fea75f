using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Sinks.CloudWatch.Logs;

/// <summary>Creates log streams, and their groups where they are missing too, on behalf of batches that found none.</summary>
/// <remarks>
/// The stream is tried first: who may only create streams in a group that exists needs no more than that, and nothing is ever looked up.
/// Batches that miss the same thing at the same time share one creation; nothing is remembered of what exists.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class LogDestinations(
    ServiceCaller caller, Func<string, LogGroupSettings> settings, RetentionKeeper retention, TimeProvider time) : IDisposable
{
    // Those who wait have patience of their own; this one only keeps a call that nobody answers from standing in the way of the next attempt.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // A policy that hangs must not hold up the logs it is about; it goes on by itself.
    private static readonly TimeSpan RetentionPatience = TimeSpan.FromSeconds(5);

    private readonly SharedRuns<LogDestination, SendResult> _streams = new();
    private readonly SharedRuns<string, SendResult> _groups = new();
    private readonly CancellationTokenSource _closing = new();

    /// <summary>Creates what is missing of a destination.</summary>
    /// <returns>Whether it exists now; if not, what keeps it from existing, as an outcome for the batch.</returns>
    internal Task<SendResult> CreateAsync(LogDestination destination, CancellationToken cancellationToken) =>
        _streams.JoinAsync(destination, CreateStreamAsync).WaitAsync(cancellationToken);

    /// <summary>Creates a group.</summary>
    /// <returns>Whether it exists now; if not, what keeps it from existing.</returns>
    internal Task<SendResult> CreateGroupAsync(string group, CancellationToken cancellationToken) =>
        _groups.JoinAsync(group, CreateGroupAsync).WaitAsync(cancellationToken);

    // The source is cancelled and not disposed: a creation may still be about to link to it.
    public void Dispose() => _closing.Cancel();

    private async Task<SendResult> CreateStreamAsync(LogDestination destination)
    {
        ServiceAnswer answer = await CallAsync(ServiceOperation.CreateLogStream, LogBodies.CreateLogStream(destination)).ConfigureAwait(false);
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
            : CreationFailure.Of(ServiceOperation.CreateLogStream, $"log stream {destination.Stream} of log group {destination.Group}", answer);
    }

    private async Task<SendResult> CreateGroupAsync(string group)
    {
        LogGroupSettings wanted = settings(group);
        ServiceAnswer answer = await CallAsync(ServiceOperation.CreateLogGroup, LogBodies.CreateLogGroup(group, wanted)).ConfigureAwait(false);
        if (wanted.RetentionInDays is { } days && IsOurs(answer))
        {
            await SetRetentionAsync(group, days, answer.Succeeded).ConfigureAwait(false);
        }

        return answer.Succeeded ? answer.Result : CreationFailure.Of(ServiceOperation.CreateLogGroup, $"log group {group}", answer);
    }

    // A group that was there before keeps its retention. When the answer was lost, it may have been this call that made the group.
    private static bool IsOurs(ServiceAnswer answer) =>
        answer.Succeeded ? !CloudWatchErrors.IsAlreadyExists(answer.Code) : answer.Result.Error == ErrorClass.Ambiguous;

    private async Task SetRetentionAsync(string group, int days, bool exists)
    {
        retention.Owe(group, days);
        if (!exists)
        {
            return;
        }

        try
        {
            await retention.PayAsync(group).WaitAsync(RetentionPatience, time, _closing.Token).ConfigureAwait(false);
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            // It is still owed, and still under way.
        }
    }

    private async Task<ServiceAnswer> CallAsync(ServiceOperation operation, ReadOnlyMemory<byte> body)
    {
        using CancellationTokenSource patience = new(Patience, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _closing.Token);
        try
        {
            return await caller.CallAsync(operation, body, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return new ServiceAnswer(SendResult.Failed(ErrorClass.Ambiguous, "RequestTimeout", $"No answer within {Patience}."), "", default);
        }
    }
}
