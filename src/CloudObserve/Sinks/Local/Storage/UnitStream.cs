namespace CloudObserve.Sinks.Local.Storage;

/// <summary>The data of one metric in one unit, stored at four resolutions and rolled up from finer to coarser as it ages.</summary>
/// <remarks>
/// A sample is in exactly one tier at any time, so a reader that adds up all tiers counts each sample once. Data moves in whole periods of
/// the coarser tier, so a coarse datapoint is never partial.
/// </remarks>
/// <threadsafety>Not safe for concurrent use; guarded by the store's lock.</threadsafety>
internal sealed class UnitStream(string unit)
{
    /// <summary>The number of resolutions.</summary>
    internal const int TierCount = 4;

    private readonly Tier[] _tiers =
    [
        new(1, Retention.HighResolution),
        new(60, Retention.Minutes),
        new(300, Retention.FiveMinutes),
        new(3600, Retention.Hours),
    ];

    internal string Unit => unit;

    internal IReadOnlyList<Tier> Tiers => _tiers;

    /// <summary>Gets an estimate of the memory used, in bytes. Read with every access, so it allocates nothing.</summary>
    internal long Bytes
    {
        get
        {
            long bytes = 0;
            foreach (Tier tier in _tiers)
            {
                bytes += tier.Bytes;
            }

            return bytes;
        }
    }

    internal bool IsEmpty => !Array.Exists(_tiers, static tier => tier.Count > 0);

    /// <summary>Gets the time of the oldest datapoint, or <see cref="long.MaxValue"/> if there is none.</summary>
    internal long OldestTime => _tiers.Min(tier => tier.Count == 0 ? long.MaxValue : tier[0].Time);

    internal void Add(Aggregate data, int resolution, long now)
    {
        int index = 0;
        // Late data goes directly to the tier in which it would be by now.
        while (_tiers[index].Period < resolution || (index < _tiers.Length - 1 && data.Time < Horizon(index, now)))
        {
            index++;
        }

        _tiers[index].Add(data);
    }

    /// <summary>Moves expired data of each resolution to the next coarser one, and removes it from the last.</summary>
    internal void RollUp(long now)
    {
        for (int i = 0; i < _tiers.Length; i++)
        {
            IReadOnlyList<Aggregate> expired = _tiers[i].TakeBefore(Horizon(i, now));
            for (int p = 0; i + 1 < _tiers.Length && p < expired.Count; p++)
            {
                _tiers[i + 1].Add(expired[p]);
            }
        }
    }

    /// <summary>Removes the datapoints before a time.</summary>
    /// <returns>The number of datapoints dropped.</returns>
    internal int DropBefore(long time) => _tiers.Sum(tier => tier.TakeBefore(time).Count);

    private long Horizon(int index, long now)
    {
        long end = now - _tiers[index].Retention;
        int coarser = _tiers[Math.Min(index + 1, _tiers.Length - 1)].Period;
        return end - (end % coarser);
    }
}
