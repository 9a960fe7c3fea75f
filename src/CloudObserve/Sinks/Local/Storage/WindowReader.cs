namespace CloudObserve.Sinks.Local.Storage;

/// <summary>
/// Enumerates the datapoints of one stream by window, in ascending order of time, over all tiers. Empty windows are skipped.
/// </summary>
/// <remarks>
/// Only one window is held at a time, so reading months of data takes no more memory than one datapoint. A window with a single stored
/// datapoint returns that datapoint itself, so a result must be used under the store's lock and must not be changed.
/// </remarks>
internal sealed class WindowReader
{
    private readonly WindowRange _range;
    private readonly IReadOnlyList<Tier> _tiers;
    private readonly int[] _next;

    internal WindowReader(UnitStream stream, WindowRange range)
    {
        _range = range;
        _tiers = stream.Tiers;
        _next = [.. _tiers.Select(tier => tier.IndexOf(range.Start))];
    }

    internal IEnumerable<(long Start, Aggregate Data)> Windows()
    {
        while (EarliestTime() is var time && time < _range.End)
        {
            long window = _range.WindowOf(time);
            yield return (window, Gather(Math.Min(window + _range.Period, _range.End)));
        }
    }

    private long EarliestTime()
    {
        long earliest = long.MaxValue;
        for (int i = 0; i < _next.Length; i++)
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
        bool owned = false;
        for (int i = 0; i < _next.Length; i++)
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
                result = owned ? result : result.At(result.Time);
                owned = true;
                result.Add(point);
            }
        }

        return result!;
    }
}
