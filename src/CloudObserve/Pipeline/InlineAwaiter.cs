using System.Runtime.CompilerServices;

namespace CloudObserve.Pipeline;

/// <summary>Awaits a task and continues on the thread that completes it, or on the current thread.</summary>
/// <remarks>
/// A plain <see langword="await"/> does the same with one exception: if the task completes while the continuation is being attached, the
/// runtime queues the continuation to the thread pool. In an application whose pool is exhausted, it never runs there, and the close of
/// the library stops. A continuation of <see cref="Task.ContinueWith(Action{Task}, TaskContinuationOptions)"/> runs at once in that case.
/// Use it for every wait on the way of a close.
/// </remarks>
/// <param name="task">The task to wait for. Its source must not run continuations asynchronously.</param>
/// <param name="suppressesThrowing">Whether an exception or a cancellation of the task is ignored.</param>
internal readonly struct InlineAwaiter(Task task, bool suppressesThrowing) : ICriticalNotifyCompletion
{
    public bool IsCompleted => task.IsCompleted;

    public InlineAwaiter GetAwaiter() => this;

    public void GetResult()
    {
        if (!suppressesThrowing)
        {
            task.GetAwaiter().GetResult();
        }
    }

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation) => _ = task.ContinueWith(
        static (_, next) => ((Action)next!)(),
        continuation,
        CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously | TaskContinuationOptions.DenyChildAttach,
        TaskScheduler.Default);
}
