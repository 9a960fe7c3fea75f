using CloudObserve.Pipeline;

namespace CloudObserve.Sinks.CloudWatch.Logs;

/// <summary>Shares one run among concurrent callers with the same key. A run that has ended is not remembered.</summary>
/// <remarks>
/// A run uses neither the context nor the cancellation of a caller, so a caller that stops waiting does not affect the others.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class SharedRuns<TKey, TResult>
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Task<TResult>> _running = [];

    /// <summary>Joins the run for a key, or starts one.</summary>
    internal Task<TResult> JoinAsync(TKey key, Func<TKey, Task<TResult>> run)
    {
        lock (_lock)
        {
            if (_running.TryGetValue(key, out Task<TResult>? running))
            {
                return running;
            }

            // Continuations run asynchronously, because one of them may call back into this object.
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
        catch (Exception exception)
        {
            // The exception is passed to the callers that wait for the run.
            Forget(key);
            outcome.SetException(exception);
        }
    }

    // Called before the outcome is set, so that a later caller never gets an earlier outcome.
    private void Forget(TKey key)
    {
        lock (_lock)
        {
            _running.Remove(key);
        }
    }
}
