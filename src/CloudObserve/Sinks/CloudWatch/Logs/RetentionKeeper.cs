using System.Collections.Concurrent;
using CloudObserve.Diagnostics;
using CloudObserve.Pipeline;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Sinks.CloudWatch.Logs;

/// <summary>Sets the retention of groups that were created here. Where that fails it is told once and tried again later, while the logs flow.</summary>
/// <remarks>It remembers only the groups that still lack their policy, so there is nothing to keep for the others and nothing to look up.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class RetentionKeeper(ServiceCaller caller, IDiagnosticEvents events, TimeProvider time) : IDisposable
{
    /// <summary>The pause between two tries: somebody has to allow something first.</summary>
    internal static readonly TimeSpan RetryInterval = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, RetentionDebt> _debts = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _closing = new();

    /// <summary>Gets a value indicating whether any group lacks its policy; the usual answer is no and costs next to nothing.</summary>
    internal bool HasDebts => !_debts.IsEmpty;

    internal void Owe(string group, int days) => _debts[group] = new RetentionDebt(days, time.GetTimestamp(), Reported: false);

    /// <summary>Tries to set what a group lacks, outside the caller's context. The task ends with the try and does not fail.</summary>
    internal Task PayAsync(string group) =>
        _debts.TryGetValue(group, out RetentionDebt? debt) ? BackgroundLoop.Start(() => TryAsync(group, debt)) : Task.CompletedTask;

    /// <summary>Takes the occasion of a delivery to a group: starts a try if one is due, and does not wait for it.</summary>
    internal void Remind(string group)
    {
        long now = time.GetTimestamp();
        if (!_debts.TryGetValue(group, out RetentionDebt? debt) || time.GetElapsedTime(debt.TriedAt, now) < RetryInterval)
        {
            return;
        }

        // Of several deliveries at once one gets to replace the debt, and that one pays.
        RetentionDebt next = debt with { TriedAt = now };
        if (_debts.TryUpdate(group, next, debt))
        {
            _ = PayAsync(group);
        }
    }

    // Cancelled and not disposed: a try may still be about to link to it.
    public void Dispose() => _closing.Cancel();

    private async Task TryAsync(string group, RetentionDebt debt)
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
                events.SetupIncomplete($"log group {group}", name, answer.Result.Code, CreationFailure.Advice(ServiceOperation.PutRetentionPolicy, answer));
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The sink closes; whether the policy was set cannot be known any more.
        }
        catch (Exception fault)
        {
            // Nobody looks at this task. The debt stays.
            events.InternalError(nameof(RetentionKeeper), fault);
        }
    }

    private async Task<ServiceAnswer> CallAsync(string group, int days)
    {
        using CancellationTokenSource patience = new(Patience, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _closing.Token);
        try
        {
            return await caller.CallAsync(ServiceOperation.PutRetentionPolicy, LogBodies.PutRetentionPolicy(group, days), either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_closing.IsCancellationRequested)
        {
            return new ServiceAnswer(SendResult.Failed(ErrorClass.Ambiguous, "RequestTimeout", $"No answer within {Patience}."), "", default);
        }
    }
}
