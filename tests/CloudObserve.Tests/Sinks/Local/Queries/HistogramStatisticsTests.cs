using CloudObserve.Local;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Tests.Sinks.Local.Queries;

public sealed class HistogramStatisticsTests
{
    private static readonly DateTimeOffset Noon = LocalCloudWatch.Noon;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly string[] Statistics =
    [
        "SampleCount", "Average", "Sum", "Minimum", "Maximum", "IQM",
        "p0", "p0.1", "p1", "p10", "p25", "p50", "p90", "p99", "p99.9", "p100", "p100.5", "p33.3333333333",
        "tm10", "tm50", "tm90", "tm99.9", "tm100", "tc50", "tc99", "ts50", "ts99", "wm50", "wm90", "wm100",
        "TM(10%:90%)", "TM(:50%)", "TM(50%:)", "TM(33.3%:66.7%)", "TC(10%:90%)", "TS(10%:90%)", "WM(10%:90%)", "WM(25%:)", "WM(:75%)",
        "TM(3:20)", "TC(3:20)", "TS(3:20)", "WM(3:20)", "TM(5:)", "TC(:7)", "WM(:7)", "WM(4:)", "TC(1000:2000)", "TM(1000:2000)",
        "PR(3:20)", "PR(:10)", "PR(10:)", "TS(:100%)", "TM(0:1)", "PR(:0)",
    ];

    // The kinds of samples there are: of one value, of several with counts that may be 0 or a fraction, and sets.
    private static readonly double[] Values =
        [0, 0.003, 0.5, 1, 1.1, 1.21, 2, 3, 3, 4.5, 7, 7.1, 10, 19, 20, 250, 1e9, 1e-300, 2.3e108, -1];
    private static readonly double[] Counts = [1, 1, 1, 2, 30, 0.25, 0, 1000];

    [Fact]
    public void Each_statistic_equals_the_plain_evaluation_of_the_rule() =>
        Prop.ForAll(Samples(), seeds =>
        {
            (SlowHistogram slow, string[] datums) = Make(seeds);
            LocalCloudWatch local = new();
            local.Put(datums);
            return Statistics.All(stat => AreEqual(slow.Evaluate(stat), Value(local, stat)))
                .Label(Describe(slow, local, datums));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Merging_periods_is_computing_over_all_of_them_at_every_age() =>
        Prop.ForAll(Samples(), seeds =>
        {
            (SlowHistogram slow, string[] datums) = Make(seeds);
            LocalCloudWatch local = new();
            for (int i = 0; i < datums.Length; i++)
            {
                string time = LocalCloudWatch.At(Noon.AddSeconds(7 * i % 3600));
                local.Put($$"""{"Timestamp":{{time}},"StorageResolution":{{(i % 3 == 0 ? 1 : 60)}},{{datums[i][1..]}}""");
            }

            bool young = Statistics.All(stat => AreEqual(slow.Evaluate(stat), Value(local, stat)));
            local.Clock.Advance(TimeSpan.FromDays(20));
            bool middle = Statistics.All(stat => AreEqual(slow.Evaluate(stat), Value(local, stat)));
            local.Clock.Advance(TimeSpan.FromDays(60));
            bool old = Statistics.All(stat => AreEqual(slow.Evaluate(stat), Value(local, stat)));
            return (young && middle && old).Label($"{young} {middle} {old} {Describe(slow, local, datums)}");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_percentile_lies_within_the_bin_of_the_sample_it_stands_for()
    {
        LocalCloudWatch local = new();
        local.Put($$"""{"MetricName":"Orders","Values":[{{string.Join(',', Enumerable.Range(1, 100))}}]}""");

        Assert.All(Enumerable.Range(1, 99), percent => Assert.InRange(Value(local, $"p{percent}")!.Value, percent / 1.1, percent * 1.1));
    }

    [Theory]
    [InlineData("p0", -1.0)]
    [InlineData("p100", 3.0)]
    [InlineData("p50", null)]
    [InlineData("tm90", null)]
    [InlineData("TM(:100%)", null)]
    [InlineData("TC(2:10)", 1.0)]
    [InlineData("TC(4:10)", 0.0)]
    public void A_negative_sample_leaves_the_ends_and_the_ranges_of_values(string stat, double? expected)
    {
        LocalCloudWatch local = new();
        local.Put("""{"MetricName":"Orders","Values":[-1,3]}""");

        Assert.Equal(expected, Value(local, stat));
    }

    [Fact]
    public void A_set_of_unequal_samples_takes_percentages_also_from_the_samples_beside_it()
    {
        LocalCloudWatch local = new();
        local.Put("""{"MetricName":"Orders","StatisticValues":{"SampleCount":3,"Sum":6,"Minimum":1,"Maximum":3}}""",
            """{"MetricName":"Orders","Value":9}""");

        Assert.All((string[])["p50", "tm90", "TC(10%:90%)", "IQM"], stat => Assert.Null(Value(local, stat)));
        Assert.Equal((1, 9, 1), (Value(local, "p0"), Value(local, "p100"), Value(local, "TC(5:10)")));
    }

    [Fact]
    public void Values_that_all_have_a_count_of_0_are_no_datapoint_and_move_the_ends_of_later_ones()
    {
        LocalCloudWatch local = new();
        local.Put("""{"MetricName":"Orders","Values":[1,20],"Counts":[0,0]}""");
        Assert.All(Statistics, stat => Assert.Null(Value(local, stat)));
        Assert.Empty(local.Statistics(Noon, Noon + Hour, Hour));

        local.Put("""{"MetricName":"Orders","Value":5}""");

        Assert.Equal((1, 1, 20), (Value(local, "SampleCount"), Value(local, "p0"), Value(local, "p100")));
    }

    [Fact]
    public void A_datapoint_takes_no_more_room_for_many_values_than_for_their_bins()
    {
        LocalCloudWatch local = new();
        for (int i = 0; i < 200; i++)
        {
            local.Put($$"""{"MetricName":"Orders","Values":[{{string.Join(',', Enumerable.Range(0, 150).Select(v => $"{i + 1}.{v:000}"))}}]}""");
        }

        // 30,000 different values from 1 to 201 lie in 56 bins of 10 bytes.
        Assert.InRange(local.CloudWatch.StoredBytes, 0, 2048);
        Assert.Equal(30_000, Value(local, "SampleCount"));
    }

    private static Arbitrary<int[]> Samples() =>
        Gen.Choose(0, (Values.Length * Counts.Length * 3) - 1).NonEmptyListOf().Select(list => list.ToArray()).ToArbitrary();

    private static (SlowHistogram Slow, string[] Datums) Make(int[] seeds)
    {
        SlowHistogram slow = new();
        return (slow, [.. seeds.Select(seed => Make(seed, slow))]);
    }

    private static string Make(int seed, SlowHistogram slow)
    {
        double value = Values[seed % Values.Length];
        double count = Counts[seed / Values.Length % Counts.Length];
        int kind = seed / (Values.Length * Counts.Length);

        // Sets and what takes percentiles away are rare, or nothing else would be seen.
        if (kind < 2 || count == 0)
        {
            value = value < 0 && seed % 2 == 0 ? 1 : value;
            slow.Add(value, count);
            return FormattableString.Invariant($$"""{"MetricName":"Orders","Values":[{{value:R}}],"Counts":[{{count:R}}]}""");
        }

        value = value > 1e100 ? 7 : value;
        double maximum = count == 30 ? value + Math.Abs(value) : value;
        slow.AddSet(count, value * count, value, maximum);
        return FormattableString.Invariant(
            $$$"""{"MetricName":"Orders","StatisticValues":{"SampleCount":{{{count:R}}},"Sum":{{{value * count:R}}},"Minimum":{{{value:R}}},"Maximum":{{{maximum:R}}}}}""");
    }

    private static string Describe(SlowHistogram slow, LocalCloudWatch local, string[] datums)
    {
        string? wrong = Array.Find(Statistics, stat => !AreEqual(slow.Evaluate(stat), Value(local, stat)));
        return wrong is null ? "" : $"{wrong} is {Value(local, wrong)}, expected {slow.Evaluate(wrong)}, of {string.Join(' ', datums)}";
    }

    private static bool AreEqual(double? expected, double? actual) =>
        expected is { } e && actual is { } a ? Math.Abs(e - a) <= 1e-9 * Math.Max(Math.Abs(e), 1e-290) : expected == actual;

    private static double? Value(LocalCloudWatch local, string stat)
    {
        MetricDataResult result = local.Data(stat, Noon, Noon + Hour, Hour);
        return result.Values.Count == 0 ? null : result.Values.Single();
    }
}
