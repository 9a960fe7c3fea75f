using System.Collections.Concurrent;
using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Pipeline;

namespace CloudObserve.Sinks.CloudWatch.Logs;

/// <summary>Sets the retention of log groups created by this process. A failure is reported once and tried again later.</summary>
/// <remarks>
/// Logs are delivered meanwhile. Only groups whose policy is missing are remembered, so nothing has to be stored or looked up for the
/// others.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class RetentionRetries(ServiceCaller caller, IDiagnosticEvents events, TimeProvider time) : IDisposable
{
    /// <summary>The pause between two attempts. A failure usually lasts until somebody grants a permission.</summary>
    internal static readonly TimeSpan RetryInterval = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Debt> _debts = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _closing = new();

    /// <summary>Gets a value indicating whether any group lacks its policy. Usually false, and cheap to read.</summary>
    internal bool HasDebts => !_debts.IsEmpty;

    internal void Add(string group, int days) => _debts[group] = new Debt(days, time.GetTimestamp(), Reported: false);

    /// <summary>
    /// Tries to set the policy of a group, outside the caller's execution context. The task ends with the attempt and does not fail.
    /// </summary>
    internal Task ApplyAsync(string group) =>
        _debts.TryGetValue(group, out Debt? debt) ? BackgroundLoop.Start(() => TryAsync(group, debt)) : Task.CompletedTask;

    /// <summary>Starts an attempt for a group if one is due, without waiting for it. Called after a delivery to the group.</summary>
    internal void RetryIfDue(string group)
    {
        long now = time.GetTimestamp();
        if (!_debts.TryGetValue(group, out Debt? debt) || time.GetElapsedTime(debt.TriedAt, now) < RetryInterval)
        {
            return;
        }

        // Of several concurrent deliveries, only the one that replaces the entry starts the attempt.
        Debt next = debt with { TriedAt = now };
        if (_debts.TryUpdate(group, next, debt))
        {
            _ = ApplyAsync(group);
        }
    }

    // Cancelled but not disposed of, because an attempt may still link to it.
    public void Dispose() => _closing.Cancel();

    private async Task TryAsync(string group, Debt debt)
    {
        try
        {
            ServiceAnswer answer = await CallAsync(group, debt.Days).ConfigureAwait(false);
            if (answer.Succeeded)
            {
                _debts.TryRemove(group, out _);
            }
            else if (!debt.Reported && _debts.TryUpdate(group, debt with { Reported = true }, debt))
            {
                string name = ServiceOperation.PutRetentionPolicy.Name;
                events.SetupIncomplete(
                    $"log group {group}", name, answer.Result.Code, CreationFailure.Advice(ServiceOperation.PutRetentionPolicy, answer));
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The sink is closing; whether the policy was set remains unknown.
        }
        catch (Exception exception)
        {
            // No caller observes this task. The entry stays.
            events.InternalError(nameof(RetentionRetries), exception);
        }
    }

    private async Task<ServiceAnswer> CallAsync(string group, int days)
    {
        using CancellationTokenSource timer = new(Patience, time);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, _closing.Token);
        try
        {
            ReadOnlyMemory<byte> body = LogBodies.PutRetentionPolicy(group, days);
            return await caller.CallAsync(ServiceOperation.PutRetentionPolicy, body, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_closing.IsCancellationRequested)
        {
            string message = $"The service did not answer within {Patience}.";
            return new ServiceAnswer(SendResult.Failed(ErrorClass.Ambiguous, "RequestTimeout", message), "", default);
        }
    }

    // A retention policy that is not yet set on a group created by this process. Days: The retention. TriedAt: The timestamp of the last
    // attempt. Reported: Whether a failure has been reported.
    private sealed record Debt(int Days, long TriedAt, bool Reported);
}
