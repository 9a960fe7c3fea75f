using CloudObserve.Pipeline;

namespace CloudObserve.Sinks.CloudWatch.Logs;

/// <summary>Lets callers that need the same thing at the same time share one run. Nothing is kept of a run that has ended.</summary>
/// <remarks>A run belongs to none of its callers: it has neither their context nor their cancellation, so one that gives up takes nothing from the others.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class SharedRuns<TKey, TResult>
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Task<TResult>> _running = [];

    /// <summary>Gets how many runs have not ended.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _running.Count;
            }
        }
    }

    /// <summary>Joins the run for a key, or starts one.</summary>
    internal Task<TResult> JoinAsync(TKey key, Func<TKey, Task<TResult>> run)
    {
        lock (_gate)
        {
            if (_running.TryGetValue(key, out Task<TResult>? running))
            {
                return running;
            }

            // Continuations run elsewhere: one of them may call back here.
            TaskCompletionSource<TResult> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _running.Add(key, outcome.Task);
            _ = BackgroundLoop.Start(() => RunAsync(key, run, outcome));
            return outcome.Task;
        }
    }

    private async Task RunAsync(TKey key, Func<TKey, Task<TResult>> run, TaskCompletionSource<TResult> outcome)
    {
        try
        {
            TResult result = await run(key).ConfigureAwait(false);
            Forget(key);
            outcome.SetResult(result);
        }
        catch (Exception fault)
        {
            // It belongs to those who wait for the run.
            Forget(key);
            outcome.SetException(fault);
        }
    }

    // Before the outcome is told: who comes after it must not be given an outcome of the past.
    private void Forget(TKey key)
    {
        lock (_gate)
        {
            _running.Remove(key);
        }
    }
}
