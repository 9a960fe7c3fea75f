using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>The samples of a histogram within the bounds of a statistic, as CloudWatch estimates them.</summary>
/// <remarks>
/// A bin that is cut by a bound counts in proportion to its part within the bound, as if its samples were distributed evenly between its
/// edges. Ranks are not rounded: 90 % of 5 samples are 4.5. The sum uses the midpoint between the edges for the first and the last part,
/// and the geometric mean of the edges for the bins between them.
/// </remarks>
/// <param name="Count">The number of samples within the bounds.</param>
/// <param name="Sum">The sum of these samples.</param>
/// <param name="CountBelow">The number of samples below the bounds.</param>
/// <param name="CountAbove">The number of samples above the bounds.</param>
internal readonly record struct HistogramRange(double Count, double Sum, double CountBelow, double CountAbove)
{
    /// <summary>Returns the samples within bounds.</summary>
    /// <param name="bounds">The bounds: ranks in percent of all samples, or values.</param>
    /// <param name="histogram">The samples.</param>
    /// <param name="data">The aggregate to which the histogram belongs.</param>
    internal static HistogramRange Of(StatisticBounds bounds, Histogram histogram, Aggregate data) =>
        bounds.InPercent ? OfRanks(bounds, histogram, data) : OfValues(bounds, histogram, data);

    /// <summary>Returns the number of samples for a percentage.</summary>
    internal static double Rank(double percent, double count) => percent * count / 100;

    private static HistogramRange OfRanks(StatisticBounds bounds, Histogram histogram, Aggregate data)
    {
        double first = Rank(bounds.Lower ?? 0, data.Count);
        double last = Rank(bounds.Upper ?? 100, data.Count);
        PieceSum pieces = default;
        double rank = 0;
        for (int i = 0; i < histogram.Count; i++)
        {
            Histogram.Bin bin = histogram.BinAt(i, data.Minimum, data.Maximum);
            double from = Math.Max(first, rank);
            double to = Math.Min(last, rank + bin.Count);
            if (to > from)
            {
                pieces.Add(bin, to - from, Inside(bin, (from - rank) / bin.Count), Inside(bin, (to - rank) / bin.Count));
            }

            rank += bin.Count;
        }

        return new HistogramRange(pieces.Count, pieces.Total, first, data.Count - last);
    }

    private static HistogramRange OfValues(StatisticBounds bounds, Histogram histogram, Aggregate data)
    {
        double lower = bounds.Lower ?? double.NegativeInfinity;
        double upper = bounds.Upper ?? double.PositiveInfinity;
        PieceSum pieces = default;
        double below = 0;
        double above = 0;
        for (int i = 0; i < histogram.Count; i++)
        {
            Histogram.Bin bin = histogram.BinAt(i, data.Minimum, data.Maximum);
            double belowShare = ShareUpTo(bin, lower);
            double upToUpper = ShareUpTo(bin, upper);
            below += bin.Count * belowShare;
            above += bin.Count * (1 - upToUpper);
            if (upToUpper > belowShare)
            {
                pieces.Add(bin, bin.Count * (upToUpper - belowShare), Math.Max(bin.Low, lower), Math.Min(bin.High, upper));
            }
        }

        return new HistogramRange(pieces.Count, pieces.Total, below, above);
    }

    // A bin without width, which occurs if all samples are equal or zero, is at or below a value either completely or not at all.
    private static double ShareUpTo(Histogram.Bin bin, double value) =>
        value >= bin.High ? 1 : value <= bin.Low ? 0 : (value - bin.Low) / (bin.High - bin.Low);

    private static double Inside(Histogram.Bin bin, double share) => bin.Low + ((bin.High - bin.Low) * share);

    /// <summary>Adds up parts of bins. Each part is estimated once it is known whether another part follows.</summary>
    private struct PieceSum
    {
        private double _sum;
        private double _lastAsEdge;
        private double _lastAsInner;
        private int _pieces;

        internal double Count { get; private set; }

        internal readonly double Total => _sum + _lastAsEdge;

        internal void Add(Histogram.Bin bin, double count, double left, double right)
        {
            _sum += _pieces == 1 ? _lastAsEdge : _lastAsInner;
            _lastAsEdge = count * (left + right) / 2;

            // Two roots, because the product of very small edges would underflow to 0.
            _lastAsInner = count * Math.Sqrt(bin.Low) * Math.Sqrt(bin.High);
            _pieces++;
            Count += count;
        }
    }
}
