using CloudObserve.Metrics.Aggregation;
using CloudObserve.Metrics.Wire;

namespace CloudObserve.Metrics.EmbeddedFormat;

/// <summary>Lists the samples of a table one by one, each value as often as it occurred.</summary>
/// <remarks>The embedded metric format has no counts, so it needs every sample.</remarks>
/// <threadsafety>Not safe for concurrent use; reused from series to series.</threadsafety>
internal sealed class RepeatedValues
{
    private readonly DatumValues _values = new();
    private readonly List<long> _left = [];
    private int _at;

    /// <summary>Loads the samples of a table that is not empty.</summary>
    /// <param name="table">The samples.</param>
    /// <param name="maxSamples">The maximum number of samples to return; at least 2.</param>
    /// <returns>The number of samples left out.</returns>
    internal long Load(ValueTable table, int maxSamples)
    {
        // Each repetition of a value costs the same, however many distinct values there are, so values are not merged.
        _values.Load(table, int.MaxValue);
        _left.Clear();
        _left.AddRange(_values.Counts);
        _at = 0;
        long all = _values.Counts.Sum();
        return all <= maxSamples ? 0 : all - Thin(all, maxSamples);
    }

    /// <summary>Copies the next samples, in ascending order.</summary>
    /// <param name="target">The span that receives the samples.</param>
    /// <returns>The number of samples copied: the target's length, fewer at the end, and 0 afterwards.</returns>
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

    /// <summary>Reduces the counts in proportion, rounded to whole numbers, and keeps the smallest and the largest value.</summary>
    private long Thin(long all, int maxSamples)
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

        // 128 bits, because a count times the limit may exceed 64 bits. Two samples are reserved for the extremes, whose share may round to
        // 0.
        long Share(long upTo) => (long)((Int128)upTo * (maxSamples - 2) / all);
    }
}
