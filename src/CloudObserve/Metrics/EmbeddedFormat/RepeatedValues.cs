using CloudObserve.Metrics.Aggregation;
using CloudObserve.Metrics.Wire;

namespace CloudObserve.Metrics.EmbeddedFormat;

/// <summary>The samples of a table one by one, since the embedded metric format has no counts: each value as often as it occurred.</summary>
/// <threadsafety>Not safe for concurrent use; reused from series to series.</threadsafety>
internal sealed class RepeatedValues
{
    private readonly DatumValues _values = new();
    private readonly List<long> _left = [];
    private int _at;

    /// <summary>Takes over the samples of a table that is not empty.</summary>
    /// <param name="table">The samples.</param>
    /// <param name="most">How many may come out; at least 2.</param>
    /// <returns>How many samples are left out.</returns>
    internal long Load(ValueTable table, int most)
    {
        // Repeated values cost the same however many different ones there are: none are merged.
        _values.Load(table, int.MaxValue);
        _left.Clear();
        _left.AddRange(_values.Counts);
        _at = 0;
        long all = _values.Counts.Sum();
        return all <= most ? 0 : all - Thin(all, most);
    }

    /// <summary>Gives the next samples, in ascending order.</summary>
    /// <param name="target">Where they go.</param>
    /// <returns>How many there were: the target's length, less at the end, and 0 behind it.</returns>
    internal int Take(Span<double> target)
    {
        int taken = 0;
        while (taken < target.Length && _at < _left.Count)
        {
            int run = (int)Math.Min(_left[_at], target.Length - taken);
            target.Slice(taken, run).Fill(_values.Values[_at]);
            taken += run;
            _left[_at] -= run;
            _at += _left[_at] == 0 ? 1 : 0;
        }

        return taken;
    }

    /// <summary>Leaves each value as large a share as it had, as near as whole numbers allow, and keeps the smallest and the largest.</summary>
    private long Thin(long all, int most)
    {
        int last = _left.Count - 1;
        long before = 0;
        long kept = 0;
        for (int i = 0; i <= last; i++)
        {
            long count = _left[i];
            long share = Share(before + count) - Share(before);
            _left[i] = i == 0 || i == last ? Math.Max(1, share) : share;
            kept += _left[i];
            before += count;
        }

        return kept;

        // In 128 bits, for a count times the limit may pass 64. Two places are kept for the extremes, which may have no share.
        long Share(long upTo) => (long)((Int128)upTo * (most - 2) / all);
    }
}
