using System.Runtime.CompilerServices;

namespace CloudObserve.Sinks.Local.Storage;

/// <summary>
/// Reads the datapoints of one stream by window, in ascending order of time, over all tiers. Empty windows are skipped.
/// </summary>
/// <remarks>
/// Only one window is held at a time, so reading months of data takes no more memory than one datapoint. A window with a single stored
/// datapoint returns that datapoint itself, and a later window may change the datapoint of an earlier one, so a datapoint must be used
/// under the store's lock, before the next one is read, and must not be changed.
/// </remarks>
/// <threadsafety>Not safe for concurrent use; guarded by the store's lock.</threadsafety>
internal struct WindowReader
{
    private readonly WindowRange _range;
    private readonly IReadOnlyList<Tier> _tiers;

    // Holds the sum of several datapoints. Created only if a window has several.
    private Aggregate? _sum;
    private Positions _next;

    internal WindowReader(UnitStream stream, WindowRange range)
    {
        _range = range;
        _tiers = stream.Tiers;
        for (int i = 0; i < _tiers.Count; i++)
        {
            _next[i] = _tiers[i].IndexOf(range.Start);
        }
    }

    /// <summary>Reads the next window that has data.</summary>
    /// <param name="start">The start of the window, in seconds since 1970.</param>
    /// <param name="data">The samples of the window.</param>
    /// <returns><see langword="false"/> if there is none.</returns>
    internal bool TryRead(out long start, out Aggregate data)
    {
        long time = EarliestTime();
        if (time >= _range.End)
        {
            (start, data) = (0, null!);
            return false;
        }

        start = _range.WindowOf(time);
        data = Gather(Math.Min(start + _range.Period, _range.End));
        return true;
    }

    private readonly long EarliestTime()
    {
        long earliest = long.MaxValue;
        for (int i = 0; i < _tiers.Count; i++)
        {
            if (_next[i] < _tiers[i].Count)
            {
                earliest = Math.Min(earliest, _tiers[i][_next[i]].Time);
            }
        }

        return earliest;
    }

    private Aggregate Gather(long end)
    {
        Aggregate? result = null;
        for (int i = 0; i < _tiers.Count; i++)
        {
            while (_next[i] < _tiers[i].Count && _tiers[i][_next[i]].Time < end)
            {
                Aggregate point = _tiers[i][_next[i]++];
                if (result is null)
                {
                    result = point;
                    continue;
                }

                // The first datapoint belongs to the store; a copy is made only if there is a second one to add.
                if (result != _sum)
                {
                    (_sum ??= new Aggregate()).CopyFrom(result);
                    result = _sum;
                }

                result.Add(point);
            }
        }

        return result!;
    }

    // The index of the next datapoint of each tier.
    [InlineArray(UnitStream.TierCount)]
    private struct Positions
    {
        private int _first;
    }
}
