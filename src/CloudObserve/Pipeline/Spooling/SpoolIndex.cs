namespace CloudObserve.Pipeline.Spooling;

/// <summary>Tracks the files of one signal: which of them wait, and whose batches are also in memory.</summary>
/// <threadsafety>Guarded by the lock of <see cref="BatchSpool"/>.</threadsafety>
internal sealed class SpoolIndex
{
    private static readonly Comparer<SpoolEntry> ByName =
        Comparer<SpoolEntry>.Create(static (a, b) => string.CompareOrdinal(a.Name, b.Name));

    private readonly SortedSet<SpoolEntry> _all = new(ByName);

    // By destination, so that many files that must not be taken do not have to be searched for those after them.
    private readonly Dictionary<uint, SortedSet<SpoolEntry>> _waiting = [];

    // Files whose batches are in memory. The owner of the batch is responsible for it, with or without the file.
    private readonly HashSet<SpoolEntry> _inMemory = [];

    /// <summary>Gets the totals of all files, waiting or not.</summary>
    internal SpoolGauges Gauges { get; private set; }

    /// <summary>Adds a waiting file.</summary>
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

    /// <summary>Makes a file wait again that was taken or held.</summary>
    /// <returns>Whether the file still exists.</returns>
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

    /// <summary>Marks the batch of a taken file as being in memory.</summary>
    /// <returns>Whether the file still exists.</returns>
    internal bool Hold(SpoolEntry entry) => _all.Contains(entry) && _inMemory.Add(entry);

    /// <summary>Takes the oldest waiting file.</summary>
    /// <param name="allowed">Determines whether files of a destination may be taken.</param>
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

    /// <summary>Removes the oldest of all files, waiting or not, to make room for a newer one.</summary>
    /// <param name="newer">The file that needs the space.</param>
    /// <param name="inMemory">Whether the batch of the removed file is still in memory.</param>
    /// <returns>The removed file, or <see langword="null"/> if none is older.</returns>
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

    /// <summary>Removes a file.</summary>
    /// <returns>Whether the file was still present.</returns>
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
