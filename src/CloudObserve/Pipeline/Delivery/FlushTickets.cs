namespace CloudObserve.Pipeline.Delivery;

/// <summary>Numbers what comes in and tells, for any moment in the past, when all that had come in by then was done with, in whatever order.</summary>
/// <threadsafety>Guarded by the gate's lock.</threadsafety>
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

    /// <summary>Numbers something that nobody has to wait for.</summary>
    internal long IssueSettled() => ++_issued;

    /// <summary>A task that completes when all numbers issued so far are settled.</summary>
    internal Task Take()
    {
        if (_outstanding == 0)
        {
            return Task.CompletedTask;
        }

        // Flushes without anything new in between wait for the same things, so a thousand of them cost one ticket.
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

        // Continuations run elsewhere: it is completed under the gate's lock.
        internal TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
