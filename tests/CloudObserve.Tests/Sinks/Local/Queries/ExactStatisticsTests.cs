using CloudObserve.Local;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Tests.Sinks.Local.Queries;

/// <summary>Statistics of the samples as they came: <see cref="LocalOptions.ExactPercentiles"/>.</summary>
public sealed class ExactStatisticsTests
{
    private static readonly DateTimeOffset Noon = LocalCloudWatch.Noon;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly string[] Statistics =
    [
        "SampleCount", "Average", "Sum", "Minimum", "Maximum", "IQM",
        "p0", "p1", "p10", "p25", "p50", "p90", "p99", "p99.9", "p100", "p33.3333333333",
        "tm10", "tm50", "tm90", "tm99.9", "tm100", "tc50", "tc99", "ts50", "ts99", "wm50", "wm90", "wm100",
        "TM(10%:90%)", "TM(:50%)", "TM(50%:)", "TM(33.3%:66.7%)", "TC(10%:90%)", "TS(10%:90%)", "WM(10%:90%)", "WM(25%:)", "WM(:75%)",
        "TM(3:20)", "TC(3:20)", "TS(3:20)", "WM(3:20)", "TM(5:)", "TC(:7)", "WM(:7)", "WM(4:)", "TC(1000:2000)", "TM(1000:2000)",
        "PR(3:20)", "PR(:10)", "PR(10:)",
    ];

    [Fact]
    public void Each_statistic_equals_the_plain_evaluation_of_the_raw_samples() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<byte[]>().Filter(bytes => bytes.Length > 0),
            bytes =>
            {
                // Whole numbers, so that sums are exact in any order; many equal ones, so that counts matter.
                double[] samples = [.. bytes.Select(value => (double)(value % 30))];
                LocalCloudWatch local = new(new LocalOptions { ExactPercentiles = true });
                local.Put([.. samples.Chunk(40).Select(ToDatum)]);
                return Statistics.All(stat => Matches(stat, samples, local).Ok).Label(
                    Statistics.Select(stat => Matches(stat, samples, local)).FirstOrDefault(match => !match.Ok).Text ?? "");
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_lowest_percentile_is_the_minimum_and_the_median_of_two_the_lower()
    {
        LocalCloudWatch local = new(new LocalOptions { ExactPercentiles = true });
        local.Put("""{"MetricName":"Orders","Values":[4,8]}""");

        Assert.Equal((4, 4, 8), (Value(local, "p0"), Value(local, "p50"), Value(local, "p50.1")));
    }

    [Fact]
    public void A_percentage_of_many_samples_is_not_rounded_up_by_binary_fractions()
    {
        LocalCloudWatch local = new(new LocalOptions { ExactPercentiles = true });
        local.Put("""{"MetricName":"Orders","Values":[1,2],"Counts":[999,1]}""");

        Assert.Equal((1, 2), (Value(local, "p99.9"), Value(local, "p99.91")));
    }

    [Fact]
    public void Huge_counts_do_not_break_percentiles()
    {
        LocalCloudWatch local = new(new LocalOptions { ExactPercentiles = true });
        local.Put("""{"MetricName":"Orders","Values":[1,2,3],"Counts":[1e100,1e100,1e100]}""");

        Assert.Equal((1, 2, 3), (Value(local, "p10"), Value(local, "p50"), Value(local, "p90")));
    }

    [Fact]
    public void A_negative_value_takes_percentiles_from_the_period_and_leaves_the_rest()
    {
        LocalCloudWatch local = new(new LocalOptions { ExactPercentiles = true });
        local.Put("""{"MetricName":"Orders","Values":[1,2,3]}""", """{"MetricName":"Orders","Value":-1}""");

        Assert.All((string[])["p50", "tm90", "TC(10%:90%)", "IQM"], stat => Assert.Null(Value(local, stat)));
        Assert.Equal((4, 5, -1), (Value(local, "SampleCount"), Value(local, "Sum"), Value(local, "Minimum")));
    }

    [Fact]
    public void A_statistic_set_of_unequal_samples_takes_percentiles_from_the_period()
    {
        LocalCloudWatch local = new(new LocalOptions { ExactPercentiles = true });
        local.Put("""{"MetricName":"Orders","StatisticValues":{"SampleCount":3,"Sum":6,"Minimum":1,"Maximum":3}}""",
            """{"MetricName":"Orders","Value":9}""");

        Assert.Null(Value(local, "p50"));
        Assert.Equal((4, 15, 1, 9), (Value(local, "SampleCount"), Value(local, "Sum"), Value(local, "Minimum"), Value(local, "Maximum")));
    }

    [Theory]
    [InlineData(1, 7, 7, 7, true)]
    [InlineData(4, 28, 7, 7, true)]
    [InlineData(4, 29, 7, 7, false)]
    [InlineData(1, 8, 7, 7, false)]
    public void A_statistic_set_of_equal_samples_has_percentiles(double count, double sum, double minimum, double maximum, bool available)
    {
        LocalCloudWatch local = new(new LocalOptions { ExactPercentiles = true });
        local.Put($$"""{"MetricName":"Orders","StatisticValues":{"SampleCount":{{count}},"Sum":{{sum}},"Minimum":{{minimum}},"Maximum":{{maximum}} } }""");

        Assert.Equal(available ? 7 : null, Value(local, "tm90"));
    }

    [Fact]
    public void Minus_zero_counts_as_zero()
    {
        LocalCloudWatch local = new(new LocalOptions { ExactPercentiles = true });
        local.Put("""{"MetricName":"Orders","Values":[-0.0,0,5]}""");

        Assert.Equal((0, 5), (Value(local, "p50"), Value(local, "p100")));
    }

    private static string ToDatum(double[] samples)
    {
        IGrouping<double, double>[] groups = [.. samples.GroupBy(value => value)];
        return $$"""{"MetricName":"Orders","Values":[{{string.Join(',', groups.Select(g => g.Key))}}],"Counts":[{{string.Join(',', groups.Select(g => g.Count()))}}]}""";
    }

    private static (bool Ok, string? Text) Matches(string stat, double[] samples, LocalCloudWatch local)
    {
        double? expected = SlowStatistics.Evaluate(stat, samples);
        double? actual = Value(local, stat);
        bool ok = expected is { } e && actual is { } a ? Math.Abs(e - a) <= 1e-9 * Math.Abs(e) : expected == actual;
        return (ok, $"{stat} of {string.Join(' ', samples.Order())}: {actual}, expected {expected}");
    }

    private static double? Value(LocalCloudWatch local, string stat)
    {
        MetricDataResult result = local.Data(stat, Noon, Noon + Hour, Hour);
        return result.Values.Count == 0 ? null : result.Values.Single();
    }
}
