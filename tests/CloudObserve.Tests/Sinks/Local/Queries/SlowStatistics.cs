namespace CloudObserve.Tests.Sinks.Local.Queries;

/// <summary>Evaluates statistics over raw samples, one sample at a time, in the plainest way there is.</summary>
internal static class SlowStatistics
{
    internal static double? Evaluate(string stat, IEnumerable<double> samples)
    {
        double[] sorted = [.. samples.Order()];
        return stat switch
        {
            "SampleCount" => sorted.Length,
            "Average" => sorted.Sum() / sorted.Length,
            "Sum" => sorted.Sum(),
            "Minimum" => sorted[0],
            "Maximum" => sorted[^1],
            "IQM" => Mean(Trim(sorted, 25, 75)),
            _ when char.IsLower(stat[0]) => Short(stat, sorted),
            _ => Long(stat, sorted),
        };
    }

    private static double? Short(string stat, double[] sorted)
    {
        decimal percent = Number(stat.TrimStart('p', 't', 'm', 'c', 's', 'w'))!.Value;
        double[] kept = Trim(sorted, 0, percent);
        return stat[..2] switch
        {
            "tm" => Mean(kept),
            "tc" => kept.Length,
            "ts" => kept.Sum(),
            "wm" => Winsorize(sorted, kept),
            _ => sorted.First(value => sorted.Count(other => other <= value) * 100m >= percent * sorted.Length),
        };
    }

    private static double? Long(string stat, double[] sorted)
    {
        string[] bounds = stat[3..^1].Split(':');
        bool percent = stat.Contains('%', StringComparison.Ordinal);
        decimal? lower = Number(bounds[0].TrimEnd('%'));
        decimal? upper = Number(bounds[1].TrimEnd('%'));
        double[] kept = percent
            ? Trim(sorted, lower ?? 0, upper ?? 100)
            : [.. sorted.Where(value => (lower is null || value > (double)lower) && (upper is null || value <= (double)upper))];
        return stat[..2] switch
        {
            "TM" => Mean(kept),
            "TC" => kept.Length,
            "TS" => kept.Sum(),
            "PR" => 100.0 * kept.Length / sorted.Length,
            _ when percent => Winsorize(sorted, kept),
            _ => sorted.Average(value => Math.Clamp(value, (double)(lower ?? decimal.MinValue), (double)(upper ?? decimal.MaxValue))),
        };
    }

    // Takes single samples off both ends, as long as no more than the percentage is gone.
    private static double[] Trim(double[] sorted, decimal lower, decimal upper)
    {
        int low = 0;
        while ((low + 1) * 100m <= lower * sorted.Length)
        {
            low++;
        }

        int high = 0;
        while ((high + 1) * 100m <= (100 - upper) * sorted.Length)
        {
            high++;
        }

        return sorted[low..Math.Max(low, sorted.Length - high)];
    }

    private static double? Mean(double[] kept) => kept.Length == 0 ? null : kept.Sum() / kept.Length;

    private static double Winsorize(double[] sorted, double[] kept) =>
        sorted.Sum(value => Math.Clamp(value, kept[0], kept[^1])) / sorted.Length;

    private static decimal? Number(string text) =>
        text.Length == 0 ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
