using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Evaluates percentiles and trimmed statistics from a histogram, as CloudWatch does.</summary>
/// <remarks>
/// CloudWatch does not document its method. The rules were derived from its answers, and each is tested against recorded answers of AWS.
/// The values within a bin are unknown, so a result is a value between the edges of a bin and not a sample.
/// </remarks>
internal static class HistogramStatistics
{
    /// <summary>Returns the value below which the given percentage of the samples lies.</summary>
    internal static double Percentile(double percent, Histogram histogram, Aggregate data)
    {
        double rank = HistogramRange.Rank(percent, data.Count);
        return Find(histogram, data, rank, out double before) is { } bin ? Between(bin, (rank - before) / bin.Count) : data.Maximum;
    }

    /// <summary>Returns the mean after samples outside the bounds are set to the bound.</summary>
    internal static double WinsorizedMean(StatisticBounds bounds, HistogramRange range, Histogram histogram, Aggregate data)
    {
        double below = bounds.InPercent ? Limit(range.CountBelow, histogram, data) : bounds.Lower ?? 0;
        double above = bounds.InPercent ? Limit(data.Count - range.CountAbove, histogram, data) : bounds.Upper ?? 0;
        double count = range.CountBelow + range.Count + range.CountAbove;
        return ((range.CountBelow * below) + range.Sum + (range.CountAbove * above)) / count;
    }

    // CloudWatch advances into the bin by the number of samples, not by their share of the bin, and at most by the bin's width. A bin that
    // begins at the smallest sample is treated as if it had full width from there.
    private static double Limit(double rank, Histogram histogram, Aggregate data)
    {
        if (Find(histogram, data, rank, out double before) is not { } bin)
        {
            return data.Maximum;
        }

        double share = Math.Min(1, (rank - before) / Math.Min(1, bin.Count));
        return Math.Min(data.Maximum, bin.Low * Math.Pow(Histogram.Growth, share));
    }

    private static Histogram.Bin? Find(Histogram histogram, Aggregate data, double rank, out double before)
    {
        before = 0;
        for (int i = 0; i < histogram.Count; i++)
        {
            Histogram.Bin bin = histogram.BinAt(i, data.Minimum, data.Maximum);
            if (before + bin.Count >= rank)
            {
                return bin;
            }

            before += bin.Count;
        }

        return null;
    }

    // The bin of zero has no ratio for the interpolation.
    private static double Between(Histogram.Bin bin, double share) =>
        bin.Low > 0 ? bin.Low * Math.Pow(bin.High / bin.Low, share) : bin.Low;
}
