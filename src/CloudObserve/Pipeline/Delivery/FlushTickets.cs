namespace CloudObserve.Pipeline.Delivery;

/// <summary>Numbers items and completes a task when all items numbered before a given moment are settled, in any order.</summary>
/// <threadsafety>Guarded by the lock of <see cref="DeliveryQueue"/>.</threadsafety>
internal sealed class FlushTickets
{
    private readonly List<Ticket> _open = [];
    private long _issued;
    private int _outstanding;

    internal long Issue()
    {
        _outstanding++;
        return ++_issued;
    }

    /// <summary>Issues the number of an item that no flush has to wait for.</summary>
    internal long IssueSettled() => ++_issued;

    /// <summary>Returns a task that completes when all numbers issued so far are settled.</summary>
    internal Task Take()
    {
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

    internal void Settle(long number)
    {
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

    private sealed class Ticket(long upTo, int remaining)
    {
        internal long UpTo { get; } = upTo;

        internal int Remaining { get; set; } = remaining;

        // Continuations run asynchronously, because the ticket is completed under the lock.
        internal TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
