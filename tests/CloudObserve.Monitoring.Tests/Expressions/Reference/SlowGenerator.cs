using System.Globalization;

namespace CloudObserve.Monitoring.Tests.Expressions.Reference;

/// <summary>Makes random expressions of the right types.</summary>
internal sealed class SlowGenerator(Random random, SlowMath math)
{
    // Without STDDEV, which has last digits of its own in each way to compute it: FLOOR or a comparison of it could differ whole.
    private static readonly string[] Aggregates = ["AVG", "SUM", "MIN", "MAX", "DATAPOINT_COUNT"];

    internal SlowExpression Series(int depth) => random.Next(depth <= 0 ? 1 : 14) switch
    {
        1 => Unary(Series(depth - 1)),
        2 => Binary(Series(depth - 1), Series(depth - 1), SlowMath.Operators.Keys),
        3 => Binary(Series(depth - 1), Scalar(depth - 1), SlowMath.Operators.Keys),
        4 => Binary(Scalar(depth - 1), Series(depth - 1), SlowMath.Operators.Keys),
        5 => Aggregate(Array(depth - 1)),
        6 => Point(Series(depth - 1)),
        7 => History(Series(depth - 1)),
        8 => Fill(Series(depth - 1), depth),
        9 => If(depth - 1),
        10 => Time(Series(depth - 1)),
        11 => Constant(Scalar(depth - 1)),
        12 => End(Array(depth - 1)),
        _ => Metric(),
    };

    // Of small numbers only: the last digits of EPOCH are larger than the tolerance.
    internal SlowExpression Deviation() =>
        random.Next(2) == 0 ? Constant(Named("STDDEV", Metric())) : Named("STDDEV", Array(random.Next(0, 2)));

    private SlowExpression Scalar(int depth) => random.Next(depth <= 0 ? 1 : 4) switch
    {
        1 => Aggregate(Series(depth - 1)),
        2 => Binary(Scalar(depth - 1), Scalar(depth - 1), SlowMath.Operators.Keys),
        3 => Unary(Scalar(depth - 1)),
        _ => Number(),
    };

    private SlowExpression Array(int depth) => random.Next(depth <= 0 ? 1 : 7) switch
    {
        1 => Binary(Array(depth - 1), random.Next(2) == 0 ? Scalar(depth - 1) : Series(depth - 1), ["+", "-", "*", "/"]),
        2 => Binary(random.Next(2) == 0 ? Scalar(depth - 1) : Series(depth - 1), Array(depth - 1), ["+", "-", "*", "/"]),
        3 => Point(Array(depth - 1)),
        4 => History(Array(depth - 1)),
        5 => Fill(Array(depth - 1), depth),
        6 => Sort(Array(depth - 1)),
        _ => Literal(depth - 1),
    };

    private SlowExpression Metric()
    {
        string id = $"m{random.Next(1, 4)}";
        return new SlowExpression(id, metrics => metrics[id]);
    }

    private SlowExpression Number()
    {
        double value = Pick(0, 1, 2, 0.5, 3, 10);
        return new SlowExpression(value.ToString(CultureInfo.InvariantCulture), _ => SlowValue.Of(value));
    }

    private SlowExpression Unary(SlowExpression inner) =>
        new($"-{Wrapped(inner)}", m => math.Combine("*", SlowValue.Of(-1), inner.Evaluate(m)));

    private SlowExpression Binary(SlowExpression left, SlowExpression right, IEnumerable<string> signs)
    {
        string sign = Pick([.. signs]);
        return new SlowExpression($"{Wrapped(left)} {sign} {Wrapped(right)}", m => math.Combine(sign, left.Evaluate(m), right.Evaluate(m)));
    }

    private SlowExpression Aggregate(SlowExpression inner) => Named(Pick(Aggregates), inner);

    private SlowExpression Named(string name, SlowExpression inner) =>
        new($"{name}({inner.Text})", m => math.Aggregate(name, inner.Evaluate(m)));

    private SlowExpression Point(SlowExpression inner)
    {
        (string name, Func<double, double> change) = Pick<(string, Func<double, double>)>(
            ("ABS", Math.Abs), ("CEIL", Math.Ceiling), ("FLOOR", Math.Floor), ("LOG", Math.Log), ("LOG10", Math.Log10));
        return new SlowExpression($"{name}({inner.Text})", m => math.Each(inner.Evaluate(m), change));
    }

    private SlowExpression History(SlowExpression inner)
    {
        string name = Pick("DIFF", "DIFF_TIME", "RATE", "RUNNING_SUM");
        return new SlowExpression(
            $"{name}({inner.Text})", m => name == "RUNNING_SUM"
                ? math.RunningSum(inner.Evaluate(m)) : math.Difference(name, inner.Evaluate(m)));
    }

    private SlowExpression Fill(SlowExpression inner, int depth)
    {
        SlowExpression filler = random.Next(2) == 0 ? Scalar(depth - 1) : Series(depth - 1);
        return random.Next(3) switch
        {
            0 => new SlowExpression($"FILL({inner.Text}, REPEAT)", m => math.Repeat(inner.Evaluate(m))),
            1 => new SlowExpression($"FILL({inner.Text}, LINEAR)", m => math.Interpolate(inner.Evaluate(m))),
            _ => new SlowExpression($"FILL({inner.Text}, {filler.Text})", m => math.Fill(inner.Evaluate(m), filler.Evaluate(m))),
        };
    }

    private SlowExpression If(int depth)
    {
        bool isScalar = random.Next(3) == 0;
        SlowExpression condition = isScalar ? Scalar(depth) : Series(depth);
        SlowExpression first = isScalar || random.Next(2) == 0 ? Series(depth) : Scalar(depth);
        SlowExpression? second = random.Next(3) == 0 ? null : random.Next(2) == 0 ? Series(depth) : Scalar(depth);
        return new SlowExpression(
            $"IF({condition.Text}, {first.Text}{(second is null ? "" : $", {second.Text}")})",
            m => math.If(condition.Evaluate(m), first.Evaluate(m), second?.Evaluate(m)));
    }

    private SlowExpression Time(SlowExpression inner)
    {
        (string name, Func<DateTimeOffset, double> part) = Pick<(string, Func<DateTimeOffset, double>)>(
            ("EPOCH", t => t.ToUnixTimeSeconds()), ("YEAR", t => t.Year), ("MONTH", t => t.Month), ("DATE", t => t.Day),
            ("HOUR", t => t.Hour), ("MINUTE", t => t.Minute),
            ("DAY", t => t.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)t.DayOfWeek));
        return new SlowExpression($"{name}({inner.Text})", m => math.Time(inner.Evaluate(m), part));
    }

    private SlowExpression Constant(SlowExpression inner) => new($"TIME_SERIES({inner.Text})", m => math.Constant(inner.Evaluate(m)));

    private SlowExpression End(SlowExpression inner) => random.Next(2) == 0
        ? new SlowExpression($"FIRST({inner.Text})", m => inner.Evaluate(m).Array![0])
        : new SlowExpression($"LAST({inner.Text})", m => inner.Evaluate(m).Array![^1]);

    private SlowExpression Sort(SlowExpression inner)
    {
        (string by, bool descends) = (Pick("AVG", "MIN", "MAX", "SUM"), random.Next(2) == 0);
        return new SlowExpression(
            $"SORT({inner.Text}, {by}, {(descends ? "DESC" : "ASC")})", m => math.Sort(inner.Evaluate(m), by, descends));
    }

    private SlowExpression Literal(int depth)
    {
        SlowExpression[] parts = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Series(depth))];
        return new SlowExpression($"[{string.Join(", ", parts.Select(p => p.Text))}]", m => SlowValue.Of(parts.Select(p => p.Evaluate(m))));
    }

    private static string Wrapped(SlowExpression inner) => inner.Text.All(char.IsLetterOrDigit) ? inner.Text : $"({inner.Text})";

    private T Pick<T>(params T[] choices) => choices[random.Next(choices.Length)];
}
