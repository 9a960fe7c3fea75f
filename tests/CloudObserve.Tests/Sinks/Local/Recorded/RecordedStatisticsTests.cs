using System.Text.Json;
using CloudObserve.Local;

namespace CloudObserve.Tests.Sinks.Local.Recorded;

public sealed class RecordedStatisticsTests
{
    private const string File = "recorded-statistics.json";

    private static readonly DateTimeOffset Noon = LocalCloudWatch.Noon;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly LocalCloudWatch _local = new();

    public static TheoryData<string> Names => Recording.Names(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_statistic_is_what_CloudWatch_answered(string name)
    {
        JsonElement row = Recording.Row(File, name);
        _local.Put([.. row.GetProperty("datums").EnumerateArray()
            .Select(datum => $$"""{"MetricName":"Orders",{{datum.GetRawText()[1..]}}""")]);

        Assert.All(row.GetProperty("statistics").EnumerateObject(), statistic =>
        {
            double? expected = statistic.Value.ValueKind == JsonValueKind.Null ? null : statistic.Value.GetDouble();
            AssertClose(statistic.Name, expected, OfMetricData(statistic.Name));
            AssertClose(statistic.Name, expected, OfMetricStatistics(statistic.Name));
        });
    }

    private static void AssertClose(string statistic, double? expected, double? actual)
    {
        bool close = expected is { } e && actual is { } a ? Math.Abs(a - e) <= 1e-9 * Math.Abs(e) : expected == actual;
        Assert.True(close, $"{statistic} is {actual}, CloudWatch answered {expected}.");
    }

    private double? OfMetricData(string statistic)
    {
        IReadOnlyList<double> values = _local.Data(statistic, Noon, Noon + Minute, Minute).Values;
        return values.Count == 0 ? null : values.Single();
    }

    private double? OfMetricStatistics(string statistic)
    {
        bool basic = statistic is "SampleCount" or "Sum" or "Average" or "Minimum" or "Maximum";
        Datapoint? point = _local.CloudWatch.GetMetricStatistics(new GetMetricStatisticsRequest
        {
            Metric = LocalCloudWatch.Orders,
            StartTime = Noon,
            EndTime = Noon + Minute,
            Period = Minute,
            Statistics = basic ? [statistic] : [],
            ExtendedStatistics = basic ? [] : [statistic],
        }).Datapoints.SingleOrDefault();
        return !basic ? point?.ExtendedStatistics.GetValueOrDefault(statistic) is { } value
            && point.ExtendedStatistics.ContainsKey(statistic) ? value : null
            : statistic switch
            {
                "SampleCount" => point?.SampleCount,
                "Sum" => point?.Sum,
                "Average" => point?.Average,
                "Minimum" => point?.Minimum,
                _ => point?.Maximum,
            };
    }
}
