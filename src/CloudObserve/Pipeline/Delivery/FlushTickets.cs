namespace CloudObserve.Pipeline.Delivery;

/// <summary>Numbers items and completes a task when all items numbered before a given moment are settled, in any order.</summary>
/// <threadsafety>Safe for concurrent use. Its lock is taken inside that of <see cref="DeliveryQueue"/>, never around it.</threadsafety>
internal sealed class FlushTickets
{
    private readonly Lock _lock = new();

    // Guarded by the lock.
    private readonly List<Ticket> _open = [];
    private long _issued;
    private int _outstanding;

    private int _flushes;

    /// <summary>Gets a value indicating whether a flush is waiting, so that long pauses must be avoided.</summary>
    internal bool IsAwaited => Volatile.Read(ref _flushes) > 0;

    internal long Issue()
    {
        using Lock.Scope held = _lock.EnterScope();
        _outstanding++;
        return ++_issued;
    }

    /// <summary>Issues the number of an item that no flush has to wait for.</summary>
    internal long IssueSettled()
    {
        using Lock.Scope held = _lock.EnterScope();
        return ++_issued;
    }

    /// <summary>Returns a task that completes when all numbers issued so far are settled.</summary>
    internal Task Take()
    {
        using Lock.Scope held = _lock.EnterScope();
        if (_outstanding == 0)
        {
            return Task.CompletedTask;
        }

        // Flushes without a new item in between wait for the same items, so they share one ticket.
        if (_open.Count == 0 || _open[^1].UpTo != _issued)
        {
            _open.Add(new Ticket(_issued, _outstanding));
        }

        return _open[^1].Done.Task;
    }

    /// <summary>Announces a flush until the result is disposed of.</summary>
    internal Flush BeginFlush() => new(this);

    internal void Settle(long number)
    {
        using Lock.Scope held = _lock.EnterScope();
        _outstanding--;
        for (int i = _open.Count - 1; i >= 0 && number <= _open[i].UpTo; i--)
        {
            if (--_open[i].Remaining == 0)
            {
                _open[i].Done.SetResult();
                _open.RemoveAt(i);
            }
        }
    }

    /// <summary>A flush that waits. Disposing of it ends the wait.</summary>
    internal readonly struct Flush : IDisposable
    {
        private readonly FlushTickets _tickets;

        internal Flush(FlushTickets tickets)
        {
            // With a full fence: an attempt that fails after the flush has looked for pauses sees it, and pauses shortly.
            _tickets = tickets;
            _ = Interlocked.Increment(ref tickets._flushes);
        }

        public void Dispose() => _ = Interlocked.Decrement(ref _tickets._flushes);
    }

    private sealed class Ticket(long upTo, int remaining)
    {
        internal long UpTo { get; } = upTo;

        internal int Remaining { get; set; } = remaining;

        // Continuations run asynchronously, because the ticket is completed under the lock.
        internal TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
