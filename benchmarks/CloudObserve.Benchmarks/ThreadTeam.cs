namespace CloudObserve.Benchmarks;

/// <summary>Runs the same work on several threads at the same time.</summary>
/// <remarks>The threads are kept alive, so that starting them is not measured.</remarks>
/// <threadsafety>Its owner calls it from one thread.</threadsafety>
internal sealed class ThreadTeam : IDisposable
{
    private readonly Barrier _start;
    private readonly Barrier _end;
    private readonly Thread[] _threads;
    private Action? _work;

    internal ThreadTeam(int size)
    {
        _start = new Barrier(size);
        _end = new Barrier(size);
        _threads = [.. Enumerable.Range(1, size - 1).Select(_ => new Thread(WorkUntilDismissed) { IsBackground = true })];
        Array.ForEach(_threads, t => t.Start());
    }

    /// <summary>Runs the work on every thread including the caller's, and returns when the last has finished.</summary>
    internal void Run(Action work)
    {
        _work = work;
        _start.SignalAndWait();
        work();
        _end.SignalAndWait();
    }

    public void Dispose()
    {
        _work = null;
        _start.SignalAndWait();
        Array.ForEach(_threads, t => t.Join());
        _start.Dispose();
        _end.Dispose();
    }

    private void WorkUntilDismissed()
    {
        while (true)
        {
            _start.SignalAndWait();
            if (_work is not { } work)
            {
                return;
            }

            work();
            _end.SignalAndWait();
        }
    }
}
