using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>The samples within the bounds of a statistic, and the numbers of samples on either side.</summary>
/// <param name="Count">The number of samples within the bounds.</param>
/// <param name="Sum">The sum of these samples.</param>
/// <param name="Lowest">The smallest of these samples.</param>
/// <param name="Highest">The largest of these samples.</param>
/// <param name="CountBelow">The number of samples below the bounds.</param>
/// <param name="CountAbove">The number of samples above the bounds.</param>
internal readonly record struct SampleRange(double Count, double Sum, double Lowest, double Highest, double CountBelow, double CountAbove)
{
    /// <summary>The largest count for which a <see cref="decimal"/> holds the product of count and percentage exactly.</summary>
    private const double LargestExactCount = 1e15;

    internal static SampleRange Of(StatisticBounds bounds, ReadOnlySpan<ValueCount> entries, double total) =>
        bounds.InPercent ? OfRanks(bounds, entries, total) : OfValues(bounds, entries);

    /// <summary>Returns the mean after samples outside are set to the bound. A bound in percent is the outermost sample inside.</summary>
    internal double WinsorizedMean(StatisticBounds bounds)
    {
        double below = bounds.InPercent ? Lowest : bounds.Lower ?? 0;
        double above = bounds.InPercent ? Highest : bounds.Upper ?? 0;
        return ((CountBelow * below) + Sum + (CountAbove * above)) / (CountBelow + Count + CountAbove);
    }

    private static SampleRange OfValues(StatisticBounds bounds, ReadOnlySpan<ValueCount> entries)
    {
        double lower = bounds.Lower ?? double.NegativeInfinity;
        double upper = bounds.Upper ?? double.PositiveInfinity;
        SampleRange range = default;
        foreach (ValueCount entry in entries)
        {
            range = entry.Value <= lower ? range with { CountBelow = range.CountBelow + entry.Count }
                : entry.Value > upper ? range with { CountAbove = range.CountAbove + entry.Count }
                : range.With(entry.Value, entry.Count);
        }

        return range;
    }

    private static SampleRange OfRanks(StatisticBounds bounds, ReadOnlySpan<ValueCount> entries, double total)
    {
        double first = Math.Floor(Share(bounds.Lower ?? 0, total));
        double last = Math.Min(total, Math.Ceiling(Share(bounds.Upper ?? 100, total)));
        // If no rank is left (an upper bound of 0 %, a lower bound of 100 %), the edge is the first or the last sample: p0 is the minimum.
        double edge = first > 0 ? entries[^1].Value : entries[0].Value;
        SampleRange range = new(0, 0, edge, edge, first, total - last);
        double rank = 0;
        foreach (ValueCount entry in entries)
        {
            double within = Math.Min(rank + entry.Count, last) - Math.Max(rank, first);
            range = within > 0 ? range.With(entry.Value, within) : range;
            rank += entry.Count;
        }

        return range;
    }

    // Computed in decimal, because 99.9 % of 1,000 must be exactly 999; a slightly larger result would round up to the next sample.
    private static double Share(double percent, double total) => total < LargestExactCount
        ? (double)((decimal)percent * (decimal)total / 100)
        : percent / 100 * total;

    private SampleRange With(double value, double count) => this with
    {
        Lowest = Count == 0 ? value : Lowest,
        Highest = value,
        Count = Count + count,
        Sum = Sum + (value * count),
    };
}
