using CloudObserve.Local;
using CloudObserve.Metrics;

namespace CloudObserve.Tests.Sinks.Local.Queries;

public sealed class GetMetricStatisticsTests
{
    private static readonly DateTimeOffset Noon = LocalCloudWatch.Noon;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly GetMetricStatisticsRequest Good = new()
    {
        Metric = LocalCloudWatch.Orders,
        StartTime = Noon,
        EndTime = Noon.AddHours(1),
        Period = Minute,
        Statistics = ["Sum"],
    };

    private readonly LocalCloudWatch _local = new();

    public static TheoryData<string, string, string> Faults => new()
    {
        { "neither", "InvalidParameterCombination", "At least one of the parameters Statistics and ExtendedStatistics" },
        { "six", "InvalidParameterValue", "collection Statistics must not have a size greater than 5" },
        { "eleven", "InvalidParameterValue", "collection ExtendedStatistics must not have a size greater than 10" },
        { "extended among basic", "InvalidParameterValue",
            "Statistics.member.1.<list element> must be a value in the set [SampleCount, Average, Sum, Minimum, Maximum]" },
        { "basic among extended", "InvalidParameterValue",
            "The value Sum for parameter ExtendedStatistics.member.1.<list element> is not supported" },
        { "seven seconds", "InvalidParameterValue", "Period must be" },
        { "ninety seconds", "InvalidParameterValue", "Period must be" },
        { "no period", "InvalidParameterValue", "Period must be" },
        { "half a second", "InvalidParameterValue", "Period must be" },
        { "empty span", "InvalidParameterValue", "StartTime must be less than" },
        { "1441 datapoints", "InvalidParameterCombination", "You have requested up to 1441 datapoints, which exceeds the limit of 1440." },
        { "unit", "InvalidParameterValue", "Unit must be a value in the set" },
        { "namespace", "InvalidParameterValue", "Namespace must not be empty" },
        { "name", "InvalidParameterValue", "MetricName must not be empty" },
        { "dimensions", "InvalidParameterValue", "collection Dimensions must not have a size greater than 30" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_request_that_breaks_a_rule_is_refused_with_its_code(string what, string code, string message)
    {
        GetMetricStatisticsRequest request = what switch
        {
            "neither" => Good with { Statistics = [] },
            "six" => Good with { Statistics = ["Sum", "Sum", "Sum", "Sum", "Sum", "Sum"] },
            "eleven" => Extended([.. Enumerable.Range(1, 11).Select(i => $"p{i}")]),
            "extended among basic" => Good with { Statistics = ["p50"] },
            "basic among extended" => Extended("Sum"),
            "seven seconds" => Good with { Period = TimeSpan.FromSeconds(7) },
            "ninety seconds" => Good with { Period = TimeSpan.FromSeconds(90) },
            "no period" => Good with { Period = TimeSpan.Zero },
            "half a second" => Good with { Period = TimeSpan.FromSeconds(0.5) },
            "empty span" => Good with { EndTime = Noon },
            "1441 datapoints" => Good with { EndTime = Noon.AddMinutes(1440).AddSeconds(1) },
            "unit" => Good with { Unit = "Minutes" },
            "namespace" => Good with { Metric = new MetricIdentifier("", "Orders") },
            "name" => Good with { Metric = new MetricIdentifier("Shop", "") },
            _ => Good with
            {
                Metric = new MetricIdentifier(
                    "Shop", "Orders", [.. Enumerable.Range(0, 31).Select(i => new MetricDimension($"d{i}", "v"))]),
            },
        };

        CloudWatchException exception = Assert.Throws<CloudWatchException>(() => _local.CloudWatch.GetMetricStatistics(request));

        Assert.Equal(code, exception.Code);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void As_many_datapoints_as_the_limit_may_be_asked_for()
    {
        _local.Put(Noon, 1);

        Assert.Single(_local.CloudWatch.GetMetricStatistics(Good with { EndTime = Noon.AddMinutes(1440) }).Datapoints);
    }

    [Fact]
    public void The_start_is_inclusive_and_the_end_exclusive()
    {
        _local.Put(Noon, 1);
        _local.Put(Noon.AddMinutes(1), 2);
        _local.Put(Noon.AddMinutes(2), 4);

        Assert.Equal([1, 2], _local.Statistics(Noon, Noon.AddMinutes(2), Minute).Select(point => point.Sum!.Value).Order());
    }

    [Fact]
    public void Each_statistic_that_was_asked_for_is_there_and_no_other()
    {
        _local.Put("""{"MetricName":"Orders","Values":[1,2,3,4]}""");

        Datapoint basic = _local.CloudWatch.GetMetricStatistics(Good with { Statistics = ["Average", "Maximum"] }).Datapoints.Single();
        Datapoint extended = _local.CloudWatch.GetMetricStatistics(Extended("p100", "TC(1:3)")).Datapoints.Single();

        Assert.Equal((2.5, 4.0), (basic.Average, basic.Maximum));
        Assert.True(basic is { Sum: null, SampleCount: null, Minimum: null, ExtendedStatistics.Count: 0 });
        Assert.Equal(new Dictionary<string, double> { ["p100"] = 4, ["TC(1:3)"] = 2.5 },
            extended.ExtendedStatistics.ToDictionary(pair => pair.Key, pair => Math.Round(pair.Value, 1)));
        Assert.Null(extended.Average);
    }

    [Fact]
    public void Dimensions_must_match_exactly_in_any_order()
    {
        _local.Put("""{"MetricName":"Orders","Value":3,"Dimensions":[{"Name":"Region","Value":"eu"},{"Name":"Tier","Value":"gold"}]}""");

        Assert.Single(Read(("Tier", "gold"), ("Region", "eu")));
        Assert.Empty(Read());
        Assert.Empty(Read(("Region", "eu")));
        Assert.Empty(Read(("Region", "eu"), ("Tier", "silver")));
        Assert.Empty(Read(("Region", "eu"), ("Tier", "gold"), ("Host", "a")));
    }

    [Fact]
    public void Units_are_kept_apart_and_never_converted()
    {
        _local.Put(Noon, 1, unit: "Seconds");
        _local.Put(Noon, 500, unit: "Milliseconds");

        Assert.Equal(
            [("Milliseconds", 500), ("Seconds", 1)],
            _local.Statistics(Noon, Noon.AddHours(1), Minute).Select(point => (point.Unit, point.Sum!.Value)));
        Assert.Equal(1, Assert.Single(_local.Statistics(Noon, Noon.AddHours(1), Minute, unit: "Seconds")).Sum);
        Assert.Empty(_local.Statistics(Noon, Noon.AddHours(1), Minute, unit: "Microseconds"));
    }

    private static GetMetricStatisticsRequest Extended(params string[] statistics) =>
        Good with { Statistics = [], ExtendedStatistics = statistics };

    private IReadOnlyList<Datapoint> Read(params MetricDimension[] dimensions) =>
        _local.Statistics(Noon, Noon.AddHours(1), Minute, new MetricIdentifier("Shop", "Orders", dimensions));
}
