using System.Globalization;

namespace CloudObserve.Monitoring.Tests.Expressions;

/// <summary>The rules of CloudWatch's manual, and what was recorded on AWS.</summary>
public sealed class MetricMathTests
{
    // Four minutes from a Sunday, 2026-03-01 10:00 UTC.
    private static readonly Dictionary<string, string> Minutes = new()
    {
        ["m1"] = "[1, 2, -, 4]",
        ["m2"] = "[10, -, -, 5]",
        ["x"] = "[30, 20, 0, 0]",
        ["y"] = "[20, -, 20, -]",
        ["n"] = "[-3, 0, 2.5, -0.5]",
        ["empty"] = "[-, -, -, -]",
        ["late"] = "[-, 3, -, -]",
        ["c1"] = "[1, 1, 0, 0, -]",
        ["c2"] = "[30, -, 0, 0, 30]",
        ["c3"] = "[0, 0, 20, -, 20]",
        ["a"] = "[1, 1]",
        ["b"] = "[5, 1]",
        ["c"] = "[3, 3]",
        ["r"] = "[4, 4, 8, 16, 32]",
    };

    [Theory]
    [InlineData("m1+m2", "[11, 2, -, 9]")]
    [InlineData("m1-m2", "[-9, 2, -, -1]")]
    [InlineData("m1*m2", "[10, 0, -, 20]")]
    [InlineData("m1/m2", "[0.1, -, -, 0.8]")]
    [InlineData("m2/m1", "[10, 0, -, 1.25]")]
    [InlineData("m1 ^ 2", "[1, 4, -, 16]")]
    [InlineData("2 ^ m1", "[2, 4, -, 16]")]
    [InlineData("-m1", "[-1, -2, -, -4]")]
    [InlineData("5 * -m1", "[-5, -10, -, -20]")]
    [InlineData("m1/0", "[-, -, -, -]")]
    [InlineData("1/n", "[-0.333333333, -, 0.4, -2]")]
    [InlineData("n^0.5", "[-, 0, 1.58113883, -]")]
    [InlineData("m1 * 1e308 * 10", "[-, -, -, -]")]
    [InlineData("m1 + 1/0", "[-, -, -, -]")]
    [InlineData("m1>2", "[0, 0, -, 1]")]
    [InlineData("m1>m2", "[0, 1, -, 0]")]
    [InlineData("x < y", "[0, 0, 1, 0]")]
    [InlineData("x >= 30", "[1, 0, 0, 0]")]
    [InlineData("(x > 15 AND y > 15)", "[1, 0, 0, 0]")]
    [InlineData("x > 15 && y > 15", "[1, 0, 0, 0]")]
    [InlineData("x == y", "[0, 0, 0, 1]")]
    [InlineData("x != y", "[1, 1, 1, 0]")]
    [InlineData("2 <= m1", "[0, 1, -, 1]")]
    [InlineData("m1 AND m2", "[1, 0, -, 1]")]
    [InlineData("m1 OR m2", "[1, 1, -, 1]")]
    [InlineData("n || 0", "[1, 0, 1, 1]")]
    [InlineData("m1-AVG(m1)", "[-0.75, 0.25, -, 2.25]")]
    [InlineData("m1-SUM(m1)/DATAPOINT_COUNT(m1)", "[-1.333333333, -0.333333333, -, 1.666666667]")]
    [InlineData("m1-MIN(m1)", "[0, 1, -, 3]")]
    [InlineData("MAX(m1)/m1", "[4, 2, -, 1]")]
    [InlineData("TIME_SERIES(STDDEV(x))", "[12.990381057, 12.990381057, 12.990381057, 12.990381057]")]
    [InlineData("TIME_SERIES(MAX(empty))", "[-, -, -, -]")]
    [InlineData("SUM([m1,m2])", "[11, 2, -, 9]")]
    [InlineData("MAX([m1,m2])", "[10, 2, -, 5]")]
    [InlineData("MIN([m1,m2])", "[1, 2, -, 4]")]
    [InlineData("AVG([m1,m2])", "[5.5, 1, -, 4.5]")]
    [InlineData("STDDEV([m1,m2])", "[4.5, 0, -, 0.5]")]
    [InlineData("DATAPOINT_COUNT([m1,m2])", "[2, 1, -, 2]")]
    [InlineData("SUM(100/[m1, m2])", "[110, 50, -, 45]")]
    [InlineData("AVG([m1,m2]/m1)", "[5.5, 0.5, -, 1.125]")]
    [InlineData("SUM(-[m1, m2])", "[-11, -2, -, -9]")]
    [InlineData("MIN(ABS([m1, -m2]))", "[1, 2, -, 4]")]
    [InlineData("FILL(m1,0)", "[1, 2, 0, 4]")]
    [InlineData("FILL(m1,REPEAT)", "[1, 2, 2, 4]")]
    [InlineData("FILL(m1,LINEAR)", "[1, 2, 3, 4]")]
    [InlineData("FILL(m2,LINEAR)", "[10, 8.333333333, 6.666666667, 5]")]
    [InlineData("FILL(late,LINEAR)", "[-, 3, -, -]")]
    [InlineData("FILL(late,REPEAT)", "[-, 3, 3, 3]")]
    [InlineData("FILL(m1,m2)", "[1, 2, -, 4]")]
    [InlineData("FILL(m2,m1)", "[10, 2, -, 5]")]
    [InlineData("FILL(m1, MIN(m1))", "[1, 2, 1, 4]")]
    [InlineData("SUM(FILL([m1, m2], 1))", "[11, 3, 2, 9]")]
    [InlineData("RUNNING_SUM(FILL(m1,0))", "[1, 3, 3, 7]")]
    [InlineData("RUNNING_SUM(m1)", "[1, 3, -, 7]")]
    [InlineData("DIFF(m1)", "[-, 1, -, 2]")]
    [InlineData("DIFF_TIME(m1)", "[-, 60, -, 120]")]
    [InlineData("RATE(m1)", "[-, 0.016666667, -, 0.016666667]")]
    [InlineData("m1/PERIOD(m1)", "[0.016666667, 0.033333333, -, 0.066666667]")]
    [InlineData("IF(m1>1,m1)", "[-, 2, -, 4]")]
    [InlineData("IF(m1>1,m1,0)", "[0, 2, -, 4]")]
    [InlineData("IF(c1,c2,c3)", "[30, 0, 20, 0, -]")]
    [InlineData("IF(c1,5,c3)", "[5, 5, 20, -, -]")]
    [InlineData("IF(c1,c2,5)", "[30, 0, 5, 5, -]")]
    [InlineData("IF(c1,10,2)", "[10, 10, 2, 2, -]")]
    [InlineData("IF(-c1,10,2)", "[10, 10, 2, 2, -]")]
    [InlineData("IF(1 > 0, m1, m2)", "[1, 2, -, 4]")]
    [InlineData("IF(0, m1, m2)", "[10, -, -, 5]")]
    [InlineData("IF(0, m1)", "[-, -, -, -]")]
    [InlineData("IF(DAY(m1)<6,m1)", "[-, -, -, -]")]
    [InlineData("IF(DAY(m1)>5,m1)", "[1, 2, 0, 4]")]
    [InlineData("HOUR(m1)", "[10, 10, 10, 10]")]
    [InlineData("MINUTE(m1)", "[0, 1, 2, 3]")]
    [InlineData("DAY(m1)", "[7, 7, 7, 7]")]
    [InlineData("DATE(m1)", "[1, 1, 1, 1]")]
    [InlineData("MONTH(m1)", "[3, 3, 3, 3]")]
    [InlineData("YEAR(m1)", "[2026, 2026, 2026, 2026]")]
    [InlineData("EPOCH(m1) - 1772359200", "[0, 60, 120, 180]")]
    [InlineData("TIME_SERIES(3)", "[3, 3, 3, 3]")]
    [InlineData("TIME_SERIES(5*AVG(m1))", "[8.75, 8.75, 8.75, 8.75]")]
    [InlineData("CEIL(m1/3)", "[1, 1, -, 2]")]
    [InlineData("FLOOR(m1/3)", "[0, 0, -, 1]")]
    [InlineData("ABS(n)", "[3, 0, 2.5, 0.5]")]
    [InlineData("LOG(m1)", "[0, 0.693147181, -, 1.386294361]")]
    [InlineData("LOG10(x)", "[1.477121255, 1.301029996, -, -]")]
    [InlineData("m1/METRIC_COUNT([m1,m2])", "[0.5, 1, -, 2]")]
    [InlineData("LAST(SORT([a,b,c],MAX,DESC))", "[1, 1]")]
    [InlineData("FIRST(SLICE(SORT([a,b,c],MAX,DESC),0,1))", "[5, 1]")]
    [InlineData("FIRST(SORT([a,b,c],AVG,ASC,1))", "[1, 1]")]
    [InlineData("FIRST([m1, m2])", "[1, 2, -, 4]")]
    [InlineData("FIRST(SLICE([m1,m2], 5))", "[-, -, -, -]")]
    [InlineData("IF(FIRST(SORT([m1, m2], AVG, DESC))>6, 1, 0)", "[1, -, -, 0]")]
    [InlineData("FIRST(ANOMALY_DETECTION_BAND(m1, 2))", "[-, -, -, -]")]
    [InlineData("r*2", "[8, 8, 16, 32, 64]")]
    [InlineData("RUNNING_SUM(r)", "[4, 8, 16, 32, 64]")]
    [InlineData("SUM([r,r])", "[8, 8, 16, 32, 64]")]
    [InlineData("FILL(r,0)", "[4, 4, 8, 16, 32]")]
    public void An_expression_has_the_values_that_CloudWatch_computes(string expression, string expected) =>
        Assert.Equal(expected, Only(expression));

    [Theory]
    [InlineData("SORT([a,b,c],MAX,DESC)", "[5, 1] [3, 3] [1, 1]")]
    [InlineData("SORT([a,b,c],SUM,ASC)", "[1, 1] [5, 1] [3, 3]")]
    [InlineData("SORT([a,b,c],MIN,DESC, 2)", "[3, 3] [1, 1]")]
    [InlineData("SORT([a,b,c],MIN,ASC)", "[1, 1] [5, 1] [3, 3]")]
    [InlineData("SLICE(SORT([a,b,c],MAX,DESC),1)", "[3, 3] [1, 1]")]
    [InlineData("SLICE(SORT([a,b,c],MAX,DESC),0,1)", "[5, 1]")]
    [InlineData("SLICE([a,b,c],2,1)", "")]
    [InlineData("[a, [b, c]] * 2", "[2, 2] [10, 2] [6, 6]")]
    [InlineData("2 - [a, b]", "[1, 1] [-3, 1]")]
    [InlineData("a - [a, b]", "[0, 0] [-4, 0]")]
    [InlineData("DIFF([a, b])", "[-, 0] [-, -4]")]
    [InlineData("ANOMALY_DETECTION_BAND(a)", "[-, -] [-, -]")]
    [InlineData("REMOVE_EMPTY([empty, a, empty])", "[1, 1]")]
    [InlineData("SORT([empty, a, b], MIN, ASC)", "[1, 1] [5, 1] [-, -, -, -]")]
    [InlineData("SORT([empty, a, b], MAX, DESC)", "[5, 1] [1, 1] [-, -, -, -]")]
    public void An_array_has_its_time_series_in_order(string expression, string expected) =>
        Assert.Equal(expected, string.Join(' ', Evaluate(expression).Select(s => Points.Show(s.Values.ToArray()))));

    [Theory]
    [InlineData("SUM(METRICS())", "[13, 3, -, 10]")]
    [InlineData("SUM(METRICS(\"err\"))", "[3, 3, -, 5]")]
    [InlineData("SUM([METRICS(\"4xx\"), METRICS('5xx')])", "[3, 3, -, 5]")]
    [InlineData("m0/METRIC_COUNT(METRICS())", "[-, -, -, -]")]
    [InlineData("SUM(METRICS(\"absent\"))", "[-, -, -, -]")]
    public void METRICS_finds_metrics_by_a_part_of_their_id(string expression, string expected)
    {
        KeyValuePair<string, MetricSeries>[] metrics =
            [Pair("err4xx", "[1, 1, -, 2]"), Pair("err5xx", "[2, 2, -, 3]"), Pair("ok", "[10, -, -, 5]"), Pair("m0", "[-, -, -, -]")];

        Assert.True(MetricMath.Parse(expression).TryEvaluate(metrics, out IReadOnlyList<MetricSeries>? result, out _));
        Assert.Equal(expected, Points.Show(result.Single().Values.ToArray()));
    }

    [Theory]
    [InlineData("-2^2*m", "[4]")]
    [InlineData("2^3^2*m", "[512]")]
    [InlineData("2^-1*m", "[0.5]")]
    [InlineData("2*3+4*m", "[10]")]
    [InlineData("10-4-3*m", "[3]")]
    [InlineData("100/10/5*m", "[2]")]
    [InlineData("m+1>1", "[1]")]
    [InlineData("m OR m AND 0", "[1]")]
    [InlineData("(m OR m) AND 0", "[0]")]
    [InlineData("m == 1 AND m < 2", "[1]")]
    [InlineData("--m", "[1]")]
    [InlineData("m*.5+1e1+2.E0+1e-2", "[12.51]")]
    [InlineData(" \t\r\n m \n", "[1]")]
    public void Operators_bind_in_the_documented_order(string expression, string expected)
    {
        Assert.True(MetricMath.Parse(expression)
            .TryEvaluate([Pair("m", "[1]")], out IReadOnlyList<MetricSeries>? result, out MetricMathError? error), error?.ToString());
        Assert.Equal(expected, Points.Show(result.Single().Values.ToArray()));
    }

    [Fact]
    public void Time_series_of_different_periods_meet_at_their_timestamps()
    {
        KeyValuePair<string, MetricSeries>[] metrics =
        [
            Pair("minutes", "[1, 2, 3, 4]"),
            new("two", Points.Series("[10, 20]", period: 120)),
            new("shifted", new MetricSeries(StoredMetrics.Start.AddSeconds(30), TimeSpan.FromSeconds(60), [100])),
        ];

        Assert.True(MetricMath.Parse("minutes + two").TryEvaluate(metrics, out IReadOnlyList<MetricSeries>? sum, out _));
        Assert.True(MetricMath.Parse("two + shifted").TryEvaluate(metrics, out IReadOnlyList<MetricSeries>? shifted, out _));
        Assert.True(MetricMath.Parse("IF(two, minutes)").TryEvaluate(metrics, out IReadOnlyList<MetricSeries>? chosen, out _));

        Assert.Equal(("[11, 2, 23, 4]", TimeSpan.FromSeconds(60)), (Points.Show(sum[0].Values.ToArray()), sum[0].Period));
        Assert.Equal(("[10, 100, -, -, 20, -, -, -]", TimeSpan.FromSeconds(30)),
            (Points.Show(shifted[0].Values.ToArray()), shifted[0].Period));
        Assert.Equal(("[1, 3]", TimeSpan.FromSeconds(120)), (Points.Show(chosen[0].Values.ToArray()), chosen[0].Period));
    }

    [Fact]
    public void An_id_without_a_time_series_is_an_error_with_its_position()
    {
        Assert.False(MetricMath.Parse("m1 + m9").TryEvaluate([Pair("m1", "[1]")], out _, out MetricMathError? error));

        Assert.Equal((5, "there is no metric and no expression with the id 'm9'"), (error.Position, error.Message));
    }

    [Fact]
    public void Too_many_datapoints_are_an_error_and_not_a_matter_of_memory()
    {
        MetricSeries wide = new(StoredMetrics.Start, TimeSpan.FromSeconds(1), new double[100_000]);
        MetricSeries far = new(StoredMetrics.Start.AddYears(10), TimeSpan.FromSeconds(1), [1]);
        string many = string.Join('+', Enumerable.Repeat("m", 1000));

        Assert.False(MetricMath.Parse(many).TryEvaluate([new("m", wide)], out _, out MetricMathError? error));
        Assert.Contains("too many datapoints", error.Message, StringComparison.Ordinal);
        Assert.False(MetricMath.Parse("m + far").TryEvaluate([new("m", wide), new("far", far)], out _, out error));
        Assert.Contains("too many datapoints", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DATAPOINT_COUNT({0})")]
    [InlineData("SORT({0}, MAX, DESC)")]
    [InlineData("REMOVE_EMPTY({0})")]
    public void A_long_series_that_an_array_repeats_counts_each_time(string function)
    {
        MetricSeries series = new(StoredMetrics.Start, TimeSpan.FromSeconds(1), new double[100_000]);
        MetricMath math = MetricMath.Parse(string.Format(
            CultureInfo.InvariantCulture, function, $"[{string.Join(',', Enumerable.Repeat("m", 900))}]"));
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.False(math.TryEvaluate([new("m", series)], out _, out MetricMathError? error));
        Assert.Contains("too many datapoints", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * 1024 * 1024);
    }

    [Fact]
    public void A_series_checks_its_values()
    {
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new MetricSeries(StoredMetrics.Start.AddMilliseconds(1), TimeSpan.FromSeconds(1), [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MetricSeries(StoredMetrics.Start, TimeSpan.FromMilliseconds(1500), [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MetricSeries(StoredMetrics.Start, TimeSpan.Zero, [1]));
        DateTimeOffset last = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MetricSeries(last, TimeSpan.FromDays(1), [1, 2]));
        Assert.Equal(last, new MetricSeries(last, TimeSpan.FromDays(1), [1]).TimeOf(0));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new MetricSeries(StoredMetrics.Start, TimeSpan.FromSeconds(1), [double.PositiveInfinity]));
    }

    private static string Only(string expression) => Points.Show(Evaluate(expression).Single().Values.ToArray());

    // Only the metrics that an expression names are given, so that the others do not widen the range.
    private static IReadOnlyList<MetricSeries> Evaluate(string expression)
    {
        MetricMath math = MetricMath.Parse(expression);
        string[] ids = math.Ids.Count == 0 ? ["m1"] : [.. math.Ids];
        Assert.True(math.TryEvaluate(
            [.. ids.Select(id => Pair(id, Minutes[id]))], out IReadOnlyList<MetricSeries>? result, out MetricMathError? error),
            error?.ToString());
        return result;
    }

    private static KeyValuePair<string, MetricSeries> Pair(string id, string points) => new(id, Points.Series(points, id));
}
