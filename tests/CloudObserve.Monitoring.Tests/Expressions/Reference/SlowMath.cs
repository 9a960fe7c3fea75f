namespace CloudObserve.Monitoring.Tests.Expressions.Reference;

/// <summary>The rules of metric math, word by word: time by time and without any thought of speed.</summary>
internal sealed class SlowMath(long[] times)
{
    internal static readonly Dictionary<string, Func<double, double, double>> Operators = new()
    {
        ["+"] = (a, b) => a + b,
        ["-"] = (a, b) => a - b,
        ["*"] = (a, b) => a * b,
        ["/"] = (a, b) => a / b,
        ["^"] = Math.Pow,
        ["=="] = (a, b) => a == b ? 1 : 0,
        ["!="] = (a, b) => a != b ? 1 : 0,
        ["<"] = (a, b) => a < b ? 1 : 0,
        ["<="] = (a, b) => a <= b ? 1 : 0,
        [">"] = (a, b) => a > b ? 1 : 0,
        [">="] = (a, b) => a >= b ? 1 : 0,
        ["AND"] = (a, b) => a != 0 && b != 0 ? 1 : 0,
        ["OR"] = (a, b) => a != 0 || b != 0 ? 1 : 0,
    };

    internal SlowValue Combine(string sign, SlowValue left, SlowValue right)
    {
        Func<double, double, double> apply = Operators[sign];
        if (left.Array is not null || right.Array is not null)
        {
            return SlowValue.Of(
                left.Array is not null
                    ? left.Array.Select(l => Combine(sign, l, right)) : right.Array!.Select(r => Combine(sign, left, r)));
        }

        if (left.Series is null && right.Series is null)
        {
            return SlowValue.Of(Finite(left.Scalar is { } l && right.Scalar is { } r ? apply(l, r) : double.NaN));
        }

        // A missing value of a series counts as 0 if the other one is a series with a value.
        return SlowValue.Of(times.Select(t => (Time: t, Left: At(left, t), Right: At(right, t))).Where(x => x switch
        {
            { Left: null, Right: null } => false,
            { Left: null } => left.Series is not null && right.Series is not null,
            { Right: null } => left.Series is not null && right.Series is not null,
            _ => true,
        }).Select(x => KeyValuePair.Create(x.Time, apply(x.Left ?? 0, x.Right ?? 0))));
    }

    internal SlowValue Map(SlowValue value, Func<SortedDictionary<long, double>, IEnumerable<KeyValuePair<long, double>>> change) =>
        value.Array is not null ? SlowValue.Of(value.Array.Select(v => Map(v, change))) : SlowValue.Of(change(value.Series!));

    internal SlowValue Each(SlowValue value, Func<double, double> change) =>
        Map(value, s => s.Select(p => KeyValuePair.Create(p.Key, change(p.Value))));

    internal SlowValue Aggregate(string name, SlowValue value) => value.Series is { } series
        ? SlowValue.Of(Finite(Number(name, [.. series.Values], times.Length)))
        : SlowValue.Of(times.Where(t => value.Array!.Any(s => At(s, t) is not null)).Select(
            t => KeyValuePair.Create(t, Number(name, [.. value.Array!.Select(s => At(s, t)).OfType<double>()], value.Array!.Count))));

    internal SlowValue Difference(string name, SlowValue value) =>
        Map(value, s => s.Zip(s.Skip(1), (a, b) => KeyValuePair.Create(b.Key, name switch
        {
            "DIFF" => b.Value - a.Value,
            "DIFF_TIME" => b.Key - a.Key,
            _ => (b.Value - a.Value) / (b.Key - a.Key),
        })));

    internal SlowValue RunningSum(SlowValue value) =>
        Map(value, s => s.Select(p => KeyValuePair.Create(p.Key, s.Where(q => q.Key <= p.Key).Sum(q => q.Value))));

    internal SlowValue Fill(SlowValue value, SlowValue filler) => Map(value, s => times.Select(
        t => KeyValuePair.Create(t, s.TryGetValue(t, out double found) ? found : At(filler, t) ?? double.NaN)));

    internal SlowValue Repeat(SlowValue value) => Map(value, s => times.Select(
        t => KeyValuePair.Create(t, s.Where(p => p.Key <= t).Select(p => (double?)p.Value).LastOrDefault() ?? double.NaN)));

    internal SlowValue Interpolate(SlowValue value) => Map(value, s => times.Select(t =>
    {
        KeyValuePair<long, double>[] before = [.. s.Where(p => p.Key <= t)];
        KeyValuePair<long, double>[] after = [.. s.Where(p => p.Key >= t)];
        if (before.Length == 0 || after.Length == 0)
        {
            return KeyValuePair.Create(t, double.NaN);
        }

        ((long from, double low), (long to, double high)) = (before[^1], after[0]);
        double share = from == to ? 0 : (double)(t - from) / (to - from);
        return KeyValuePair.Create(t, (low * (1 - share)) + (high * share));
    }));

    internal SlowValue If(SlowValue condition, SlowValue whenTrue, SlowValue? whenFalse)
    {
        if (condition.Series is null)
        {
            SlowValue? chosen = condition.Scalar is null ? null : condition.Scalar != 0 ? whenTrue : whenFalse;
            return SlowValue.Of(times.Select(t => KeyValuePair.Create(t, chosen is null ? double.NaN : At(chosen, t) ?? double.NaN)));
        }

        return SlowValue.Of(condition.Series.Select(p =>
        {
            SlowValue? chosen = p.Value != 0 ? whenTrue : whenFalse;
            double missing = chosen?.Series is not null && whenTrue.Series is not null ? 0 : double.NaN;
            return KeyValuePair.Create(p.Key, (chosen is null ? null : At(chosen, p.Key)) ?? missing);
        }));
    }

    internal SlowValue Time(SlowValue value, Func<DateTimeOffset, double> part)
    {
        Assert.NotNull(value.Series);
        return SlowValue.Of(times.Select(t => KeyValuePair.Create(t, part(DateTimeOffset.FromUnixTimeSeconds(t)))));
    }

    internal SlowValue Constant(SlowValue scalar) => SlowValue.Of(times.Select(t => KeyValuePair.Create(t, scalar.Scalar ?? double.NaN)));

    internal SlowValue Sort(SlowValue array, string by, bool descends)
    {
        SlowValue[] full = [.. array.Array!.Where(s => s.Series!.Count > 0)];
        double Key(SlowValue s) => Number(by, [.. s.Series!.Values], times.Length);
        return SlowValue.Of(
            (descends ? full.OrderByDescending(Key) : full.OrderBy(Key)).Concat(array.Array!.Where(s => s.Series!.Count == 0)));
    }

    internal static double? At(SlowValue value, long time) =>
        value.Series is null ? value.Scalar : value.Series.TryGetValue(time, out double found) ? found : null;

    // A missing value counts as 0 for AVG, and not at all for the others.
    private static double Number(string name, double[] values, int count) => name switch
    {
        "AVG" => values.Sum() / count,
        "SUM" => values.Sum(),
        "MIN" => values.Length == 0 ? double.NaN : values.Min(),
        "MAX" => values.Length == 0 ? double.NaN : values.Max(),
        "DATAPOINT_COUNT" => values.Length,
        _ => values.Length == 0 ? double.NaN : values.Distinct().Count() == 1
            ? 0 : Math.Sqrt(values.Sum(v => Math.Pow(v - values.Average(), 2)) / values.Length),
    };

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
