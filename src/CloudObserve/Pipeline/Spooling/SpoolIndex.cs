namespace CloudObserve.Pipeline.Spooling;

/// <summary>Which files of one signal there are, and which of them wait: oldest first, over all destinations or some.</summary>
/// <threadsafety>Guarded by the spool's lock.</threadsafety>
internal sealed class SpoolIndex
{
    private static readonly Comparer<SpoolEntry> ByName = Comparer<SpoolEntry>.Create(static (a, b) => string.CompareOrdinal(a.Name, b.Name));

    // By destination: a long row of files that nobody takes must not be searched through for the ones behind it.
    private readonly Dictionary<uint, SortedSet<SpoolEntry>> _waiting = [];

    /// <summary>Gets what there is, waiting or held.</summary>
    internal SpoolGauges Gauges { get; private set; }

    /// <summary>Adds a file, which is held until it is said to wait.</summary>
    internal void Add(SpoolEntry entry) => Count(entry, 1);

    /// <summary>Forgets a file that is held.</summary>
    internal void Forget(SpoolEntry entry) => Count(entry, -1);

    /// <summary>Lets a held file wait.</summary>
    internal void Wait(SpoolEntry entry)
    {
        if (!_waiting.TryGetValue(entry.Lane, out SortedSet<SpoolEntry>? lane))
        {
            _waiting[entry.Lane] = lane = new SortedSet<SpoolEntry>(ByName);
        }

        _ = lane.Add(entry);
    }

    /// <summary>Takes the oldest file that waits. It is held then.</summary>
    /// <param name="allowed">Whose destination may be taken from.</param>
    internal SpoolEntry? Take(Predicate<uint>? allowed = null)
    {
        SpoolEntry? oldest = null;
        foreach ((uint key, SortedSet<SpoolEntry> lane) in _waiting)
        {
            if ((oldest is null || ByName.Compare(lane.Min, oldest) < 0) && allowed?.Invoke(key) != false)
            {
                oldest = lane.Min;
            }
        }

        if (oldest is not null)
        {
            SortedSet<SpoolEntry> lane = _waiting[oldest.Lane];
            _ = lane.Remove(oldest);
            if (lane.Count == 0)
            {
                _ = _waiting.Remove(oldest.Lane);
            }
        }

        return oldest;
    }

    private void Count(SpoolEntry entry, int sign) =>
        Gauges = new SpoolGauges(Gauges.Batches + sign, Gauges.Bytes + (sign * entry.Length), Gauges.Weight + (sign * entry.Weight));
}
