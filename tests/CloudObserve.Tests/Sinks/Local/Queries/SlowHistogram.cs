using System.Globalization;

namespace CloudObserve.Tests.Sinks.Local.Queries;

/// <summary>
/// Evaluates statistics by CloudWatch's histogram, written down from the rule in the plainest way there is: every value is kept, and bins
/// are made anew for each answer.
/// </summary>
internal sealed class SlowHistogram
{
    private readonly List<(double Value, double Count)> _values = [];
    private readonly List<(double Count, double Sum, double Minimum, double Maximum)> _sets = [];

    internal void Add(double value, double count = 1) => _values.Add((value, count));

    internal void AddSet(double count, double sum, double minimum, double maximum) => _sets.Add((count, sum, minimum, maximum));

    private double SampleCount => _values.Sum(v => v.Count) + _sets.Sum(s => s.Count);

    private double Minimum =>
        Math.Min(_values.Select(v => v.Value).DefaultIfEmpty(double.MaxValue).Min(), _sets.Select(s => s.Minimum)
            .DefaultIfEmpty(double.MaxValue).Min());

    private double Maximum =>
        Math.Max(_values.Select(v => v.Value).DefaultIfEmpty(double.MinValue).Max(), _sets.Select(s => s.Maximum)
            .DefaultIfEmpty(double.MinValue).Max());

    internal double? Evaluate(string stat)
    {
        double sum = _values.Sum(v => v.Value * v.Count) + _sets.Sum(s => s.Sum);
        return SampleCount == 0 ? null : stat switch
        {
            "SampleCount" => SampleCount,
            "Sum" => sum,
            "Average" => sum / SampleCount,
            "Minimum" => Minimum,
            "Maximum" => Maximum,
            "IQM" => Long("TM(25%:75%)"),
            _ when stat[0] == 'p' => Percentile(double.Parse(stat[1..], CultureInfo.InvariantCulture)),
            _ when char.IsLower(stat[0]) => Long($"{stat[..2].ToUpperInvariant()}(:{stat[2..]}%)"),
            _ => Long(stat),
        };
    }

    private double? Percentile(double percent)
    {
        if (percent == 0 || Minimum == Maximum)
        {
            return Minimum;
        }

        if (percent >= 100)
        {
            return Maximum;
        }

        if (!AllKnown())
        {
            return null;
        }

        double target = percent * SampleCount / 100;
        double before = 0;
        foreach (Bin bin in Bins())
        {
            if (before + bin.Count >= target)
            {
                return bin.Low == 0 ? 0 : bin.Low * Math.Pow(bin.High / bin.Low, (target - before) / bin.Count);
            }

            before += bin.Count;
        }

        return Maximum;
    }

    private double? Long(string stat)
    {
        string[] bounds = stat[3..^1].Split(':');
        bool percent = stat.Contains('%', StringComparison.Ordinal);
        double? lower = Number(bounds[0].TrimEnd('%'));
        double? upper = Number(bounds[1].TrimEnd('%'));
        if (Bins().Count == 0 || (percent && !AllKnown()))
        {
            return null;
        }

        List<Piece> pieces = percent
            ? ByRank((lower ?? 0) * SampleCount / 100, (upper ?? 100) * SampleCount / 100) : ByValue(lower ?? -1, upper ?? double.MaxValue);
        double count = pieces.Sum(p => p.Count);
        return stat[..2] switch
        {
            "TC" => count,
            "TS" => Sum(pieces),
            "TM" => count == 0 ? null : Sum(pieces) / count,
            "PR" => 100 * count / SampleCount,
            _ => Winsorized(pieces, lower, upper, percent),
        };
    }

    // Every sample is known, and there is at least one.
    private bool AllKnown() => Minimum >= 0 && _sets.TrueForAll(IsAllEqual) && SampleCount >= 1;

    private static bool IsAllEqual((double Count, double Sum, double Minimum, double Maximum) set) =>
        set.Minimum == set.Maximum && set.Sum == set.Minimum * set.Count;

    private List<Bin> Bins()
    {
        IEnumerable<(double Value, double Count)> known = _values.Concat(_sets.Where(IsAllEqual).Select(s => (Value: s.Minimum, s.Count)));
        return
        [
            .. known.Where(v => v.Value >= 0 && v.Count > 0)
                .GroupBy(v => v.Value == 0 ? double.NegativeInfinity : Math.Max(-7000, Math.Floor(Math.Log(v.Value) / Math.Log(1.1))))
                .OrderBy(g => g.Key)
                .Select(g => new Bin(
                    Clip(Math.Pow(1.1, g.Key)), Clip(double.IsInfinity(g.Key) ? 0 : Math.Pow(1.1, g.Key + 1)), g.Sum(v => v.Count))),
        ];
    }

    private double Clip(double border) => Math.Min(Math.Max(border, Minimum), Maximum);

    private List<Piece> ByRank(double first, double last)
    {
        List<Piece> pieces = [];
        double before = 0;
        foreach (Bin bin in Bins())
        {
            double from = Math.Max(first, before) - before;
            double to = Math.Min(last, before + bin.Count) - before;
            double width = bin.High - bin.Low;
            if (to > from)
            {
                pieces.Add(new Piece(bin, to - from, bin.Low + (width * from / bin.Count), bin.Low + (width * to / bin.Count)));
            }

            before += bin.Count;
        }

        return pieces;
    }

    private List<Piece> ByValue(double lower, double upper)
    {
        List<Piece> pieces = [];
        foreach (Bin bin in Bins())
        {
            double left = Math.Max(bin.Low, lower);
            double right = Math.Min(bin.High, upper);
            if (bin.Low == bin.High && bin.Low > lower && bin.Low <= upper)
            {
                pieces.Add(new Piece(bin, bin.Count, left, right));
            }
            else if (right > left)
            {
                pieces.Add(new Piece(bin, bin.Count * (right - left) / (bin.High - bin.Low), left, right));
            }
        }

        return pieces;
    }

    private static double Sum(List<Piece> pieces) => pieces
        .Select((p, i) => i == 0 || i == pieces.Count - 1
            ? p.Count * (p.Left + p.Right) / 2 : p.Count * Math.Sqrt(p.Bin.Low) * Math.Sqrt(p.Bin.High))
        .Sum();

    private double Winsorized(List<Piece> pieces, double? lower, double? upper, bool percent)
    {
        if (!percent)
        {
            double all = Bins().Sum(bin => bin.Count);
            double below = lower is { } low ? ByValue(-1, low).Sum(p => p.Count) : 0;
            double above = upper is { } high ? ByValue(high, double.MaxValue).Sum(p => p.Count) : 0;
            return ((below * (lower ?? 0)) + Sum(pieces) + (above * (upper ?? 0))) / all;
        }

        double first = (lower ?? 0) * SampleCount / 100;
        double last = (upper ?? 100) * SampleCount / 100;
        return ((first * Limit(first)) + Sum(pieces) + ((SampleCount - last) * Limit(last))) / SampleCount;
    }

    private double Limit(double rank)
    {
        double before = 0;
        foreach (Bin bin in Bins())
        {
            if (before + bin.Count >= rank)
            {
                double share = (rank - before) / Math.Min(1, bin.Count);
                return Math.Min(Maximum, bin.Low * Math.Pow(1.1, Math.Min(1, share)));
            }

            before += bin.Count;
        }

        return Maximum;
    }

    private static double? Number(string text) => text.Length == 0 ? null : double.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Bin(double Low, double High, double Count);

    private sealed record Piece(Bin Bin, double Count, double Left, double Right);
}
