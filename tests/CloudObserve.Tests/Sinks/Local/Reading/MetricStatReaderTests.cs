using CloudObserve.Local;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Tests.Sinks.Local.Reading;

public sealed class MetricStatReaderTests
{
    private static readonly DateTimeOffset Noon = LocalCloudWatch.Noon;

    [Fact]
    public void It_reads_what_GetMetricData_returns()
    {
        var cases =
            from datums in (from second in Gen.Choose(0, 900)
                            from value in Gen.Choose(0, 9)
                            from resolution in Gen.Elements(1, 60)
                            from unit in Gen.Elements("None", "Count", "Bytes")
                            select (second, value, resolution, unit)).ListOf()
            from stat in Gen.Elements("Sum", "Average", "SampleCount", "Minimum", "Maximum", "p90", "tm95", "PR(2:5)")
            from period in Gen.Elements(1, 10, 30, 60, 300)
            from start in Gen.Choose(0, 900)
            from count in Gen.Choose(0, 40)
            from unit in Gen.Elements(null, "None", "Count", "Seconds")
            select (datums, stat, period, start, count, unit);

        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            LocalCloudWatch local = new();
            foreach ((int second, int value, int resolution, string unit) in c.datums)
            {
                local.Put(Noon.AddSeconds(second - 900), value, resolution, unit: unit);
            }

            MetricStat stat = new()
            {
                Metric = LocalCloudWatch.Orders,
                Period = TimeSpan.FromSeconds(c.period),
                Stat = c.stat,
                Unit = c.unit,
            };
            double[] values = new double[c.count];
            MetricStatReading reading = local.CloudWatch.CreateMetricStatReader(stat).Read(Noon.AddSeconds(c.start - 900), values);
            (MetricDataResult data, DateTimeOffset end) = Data(local, stat, Noon.AddSeconds(c.start - 900), c.count);

            double[] expected = Enumerable.Repeat(double.NaN, c.count).ToArray();
            for (int i = 0; i < data.Values.Count; i++)
            {
                int index = (int)((data.Timestamps[i] - reading.StartTime) / stat.Period);
                if (index < c.count)
                {
                    expected[index] = data.Values[i];
                }
            }

            // GetMetricData ends at the end of the last whole period too, except that its own end is not rounded.
            return values.SequenceEqual(expected) && (data.Messages.Count > 0) == reading.HasMultipleUnits
                && end >= reading.StartTime;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        LocalCloudWatch local = new();
        for (int minute = 0; minute < 120; minute++)
        {
            local.Put(Noon.AddMinutes(minute - 120), minute);
        }

        MetricStatReader reader = Reader(local, "Sum", 60);
        double[] values = new double[120];
        double[] samples = new double[120];
        _ = reader.Read(Noon.AddHours(-2), values, samples);
        _ = reader.Read(Noon.AddHours(-2), values);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            _ = reader.Read(Noon.AddHours(-2), values);
            _ = reader.Read(Noon.AddHours(-2), values, samples);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(Enumerable.Range(0, 120).Select(i => (double)i), values);
    }

    [Fact]
    public void The_number_of_samples_is_that_of_the_unit_that_has_the_value()
    {
        LocalCloudWatch local = new();
        local.Put(Noon.AddMinutes(-2), -1, unit: "Bytes");
        local.Put(Noon.AddMinutes(-2), 5, unit: "Count");
        local.Put(Noon.AddMinutes(-2), 5, unit: "Count");
        local.Put(Noon.AddMinutes(-1), 7, unit: "Bytes");
        double[] values = new double[3];
        double[] samples = new double[3];

        // A negative sample has no percentile.
        MetricStatReading reading = Reader(local, "PR(0:9)", 60).Read(Noon.AddMinutes(-3), values, samples);

        Assert.True(reading.HasMultipleUnits);
        Assert.Equal([double.NaN, 100, 100], values);
        Assert.Equal([double.NaN, 2, 1], samples);
        Assert.Contains("has 2 elements, but must be empty or have 3", Assert.Throws<ArgumentException>(
            () => Reader(local, "Sum", 60).Read(Noon, values, new double[2])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_metric_that_does_not_exist_has_no_values_until_it_does()
    {
        LocalCloudWatch local = new();
        MetricStatReader reader = Reader(local, "Maximum", 60);
        double[] values = [1, 2];

        Assert.Equal(new MetricStatReading(Noon.AddMinutes(-2), false), reader.Read(Noon.AddMinutes(-2).AddSeconds(30), values));
        Assert.Equal([double.NaN, double.NaN], values);

        local.Put(Noon.AddMinutes(-1), 7);
        _ = reader.Read(Noon.AddMinutes(-2), values);
        Assert.Equal([double.NaN, 7], values);
    }

    [Fact]
    public void A_period_that_is_too_short_for_old_data_has_no_values()
    {
        LocalCloudWatch local = new();
        local.Put(Noon.AddDays(-13), 7);
        double[] values = new double[3];

        _ = Reader(local, "Sum", 1).Read(Noon.AddDays(-13), values);

        Assert.All(values, value => Assert.True(double.IsNaN(value)));
    }

    [Fact]
    public void The_ends_of_time_and_the_longest_periods_are_read()
    {
        LocalCloudWatch local = new();
        local.Put(Noon, 7);
        double[] values = new double[100];
        MetricStatReader reader = Reader(local, "Sum", 60);
        foreach (DateTimeOffset start in new[] { DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Noon })
        {
            _ = reader.Read(start, values);
            _ = Reader(local, "Sum", 86_400 * 365).Read(start, values);
            _ = reader.Read(start, []);
        }

        Assert.Equal(7, values[0]);
    }

    [Theory]
    [InlineData("Sum", 61, "None", "MetricStat.Period")]
    [InlineData("Total", 60, "None", "MetricStat.Stat")]
    [InlineData("Sum", 60, "Parsecs", "MetricStat.Unit")]
    public void A_request_that_breaks_a_rule_is_refused_at_once(string stat, int period, string unit, string place)
    {
        LocalCloudWatch local = new();
        CloudWatchException refusal = Assert.Throws<CloudWatchException>(() => local.CloudWatch.CreateMetricStatReader(new MetricStat
        {
            Metric = LocalCloudWatch.Orders,
            Period = TimeSpan.FromSeconds(period),
            Stat = stat,
            Unit = unit,
        }));
        Assert.Contains(place, refusal.Message, StringComparison.Ordinal);
    }

    private static MetricStatReader Reader(LocalCloudWatch local, string stat, int period) =>
        local.CloudWatch.CreateMetricStatReader(new MetricStat
        {
            Metric = LocalCloudWatch.Orders,
            Period = TimeSpan.FromSeconds(period),
            Stat = stat,
        });

    private static (MetricDataResult Data, DateTimeOffset End) Data(
        LocalCloudWatch local, MetricStat stat, DateTimeOffset start, int count)
    {
        // The start is rounded down to a minute, or to the period if that is shorter; the end follows it.
        long rounded = start.ToUnixTimeSeconds();
        rounded -= rounded % (long)Math.Min(60, stat.Period.TotalSeconds);
        DateTimeOffset end = DateTimeOffset.FromUnixTimeSeconds(rounded) + (stat.Period * Math.Max(1, count));
        GetMetricDataResponse response = local.CloudWatch.GetMetricData(new GetMetricDataRequest
        {
            MetricDataQueries = [new MetricDataQuery { Id = "q", MetricStat = stat }],
            StartTime = start,
            EndTime = end,
            ScanBy = ScanBy.TimestampAscending,
        });
        return (count == 0 ? response.MetricDataResults[0] with { Values = [], Timestamps = [], Messages = [] }
            : response.MetricDataResults[0], end);
    }
}
