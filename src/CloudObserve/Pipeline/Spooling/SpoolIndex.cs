namespace CloudObserve.Pipeline.Spooling;

/// <summary>Which files of one signal there are, which of them wait, and whose batches are in memory too.</summary>
/// <threadsafety>Guarded by the spool's lock.</threadsafety>
internal sealed class SpoolIndex
{
    private static readonly Comparer<SpoolEntry> ByName = Comparer<SpoolEntry>.Create(static (a, b) => string.CompareOrdinal(a.Name, b.Name));

    private readonly SortedSet<SpoolEntry> _all = new(ByName);

    // By destination: a long row of files that nobody takes must not be searched through for the ones behind it.
    private readonly Dictionary<uint, SortedSet<SpoolEntry>> _waiting = [];

    // Somebody goes on with their batches and answers for them, with or without the file.
    private readonly HashSet<SpoolEntry> _inMemory = [];

    /// <summary>Gets what there is, waiting or not.</summary>
    internal SpoolGauges Gauges { get; private set; }

    /// <summary>Adds a file that waits.</summary>
    internal void Add(SpoolEntry entry)
    {
        Count(entry, 1);
        _ = _all.Add(entry);
        _ = Wait(entry);
    }

    /// <summary>Adds a file whose batch stays in memory.</summary>
    internal void AddHeld(SpoolEntry entry)
    {
        Count(entry, 1);
        _ = _all.Add(entry);
        _ = _inMemory.Add(entry);
    }

    /// <summary>Lets a file wait that was taken or held.</summary>
    /// <returns>Whether it is still there.</returns>
    internal bool Wait(SpoolEntry entry)
    {
        if (!_all.Contains(entry))
        {
            return false;
        }

        _ = _inMemory.Remove(entry);
        if (!_waiting.TryGetValue(entry.Lane, out SortedSet<SpoolEntry>? lane))
        {
            _waiting[entry.Lane] = lane = new SortedSet<SpoolEntry>(ByName);
        }

        _ = lane.Add(entry);
        return true;
    }

    /// <summary>Notes that the batch of a file that was taken is in memory now.</summary>
    /// <returns>Whether the file is still there.</returns>
    internal bool Hold(SpoolEntry entry) => _all.Contains(entry) && _inMemory.Add(entry);

    /// <summary>Takes the oldest file that waits.</summary>
    /// <param name="allowed">Whose destination may be taken from.</param>
    internal SpoolEntry? Take(Predicate<uint> allowed)
    {
        SpoolEntry? oldest = null;
        foreach ((uint key, SortedSet<SpoolEntry> lane) in _waiting)
        {
            if ((oldest is null || ByName.Compare(lane.Min, oldest) < 0) && allowed(key))
            {
                oldest = lane.Min;
            }
        }

        if (oldest is not null)
        {
            StopWaiting(oldest);
        }

        return oldest;
    }

    /// <summary>Removes the oldest file of all, waiting or not, so that a newer one has room.</summary>
    /// <param name="newer">The file that needs the room.</param>
    /// <param name="inMemory">Whether somebody still has the batch and answers for it.</param>
    /// <returns><see langword="null"/> when there is none that is older.</returns>
    internal SpoolEntry? Evict(SpoolEntry newer, out bool inMemory)
    {
        inMemory = false;
        if (_all.Min is not { } oldest || ByName.Compare(newer, oldest) < 0)
        {
            return null;
        }

        inMemory = _inMemory.Contains(oldest);
        _ = Forget(oldest);
        return oldest;
    }

    /// <summary>Forgets a file.</summary>
    /// <returns>Whether it was still there.</returns>
    internal bool Forget(SpoolEntry entry)
    {
        if (!_all.Remove(entry))
        {
            return false;
        }

        Count(entry, -1);
        if (!_inMemory.Remove(entry))
        {
            StopWaiting(entry);
        }

        return true;
    }

    private void StopWaiting(SpoolEntry entry)
    {
        if (_waiting.TryGetValue(entry.Lane, out SortedSet<SpoolEntry>? lane) && lane.Remove(entry) && lane.Count == 0)
        {
            _ = _waiting.Remove(entry.Lane);
        }
    }

    private void Count(SpoolEntry entry, int sign) =>
        Gauges = new SpoolGauges(Gauges.Batches + sign, Gauges.Bytes + (sign * entry.Length), Gauges.Weight + (sign * entry.Weight));
}
