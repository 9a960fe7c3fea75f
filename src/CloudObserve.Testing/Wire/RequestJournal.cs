namespace CloudObserve.Testing.Wire;

/// <summary>Stores the received requests and releases callers that wait for a number of them.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class RequestJournal
{
    private readonly Lock _lock = new();
    private readonly List<ReceivedRequest> _requests = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];

    internal ReceivedRequest[] Snapshot()
    {
        lock (_lock)
        {
            return [.. _requests];
        }
    }

    internal void Add(ReceivedRequest request)
    {
        lock (_lock)
        {
            _requests.Add(request);
            foreach ((int count, TaskCompletionSource reached) in _waiting)
            {
                if (_requests.Count >= count)
                {
                    // Continuations run asynchronously, so the code of a waiting test never runs under this lock.
                    reached.TrySetResult();
                }
            }

            _waiting.RemoveAll(w => w.Reached.Task.IsCompleted);
        }
    }

    internal Task WhenCountAsync(int count)
    {
        lock (_lock)
        {
            if (_requests.Count >= count)
            {
                return Task.CompletedTask;
            }

            TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, reached));
            return reached.Task;
        }
    }
}
