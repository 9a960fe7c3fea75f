using System.Globalization;
using System.Text;
using CloudObserve.Delivery;
using CloudObserve.Filters;
using CloudObserve.Filters.Transformations;
using CloudObserve.Local;
using CloudObserve.Tests.Sinks.Local;

namespace CloudObserve.Tests.Filters.Transformations;

/// <summary>Metric filters publish what CloudWatch Logs itself has published, in this process and in the embedded CloudWatch. Source:
/// answers of the service (September 2026) published by radkawar/stackd (Apache-2.0), rewritten.</summary>
public sealed class RecordedMetricFilterTests
{
    private static readonly string[] Events =
    [
        """{"kind":"number","value":7}""",
        """{"kind":"string","value":"11.5"}""",
        """{"kind":"bad","value":"banana"}""",
        """{"kind":"missing"}""",
        "SPACE 13 A",
        "SPACE banana A",
        "SPACE",
        "SPACE \"17.5\" A",
        """{"kind":"dimension","bucket":"A","value":29}""",
        """{"kind":"dimension","bucket":"B","value":"31"}""",
        """{"kind":"dimension","value":37}""",
        "DEFAULT_MATCH",
        "UNIT_MATCH",
        "SYSTEM_MATCH",
        """{"kind": "timestamp", "value": 103}""",
    ];

    public static TheoryData<string, string, double?, string?, string> Recorded => new()
    {
        { "{ $.kind = \"number\" && $.value = * }", "$.value", null, null, "{} 1 7" },
        { "{ $.kind = \"string\" && $.value = * }", "$.value", null, null, "{} 1 11.5" },
        { "{ $.kind = \"missing\" }", "$.value", null, null, "" },
        { "[kind = \"SPACE\", value, bucket]", "$value", null, null, "{} 2 30.5" },
        { "[kind = \"SPACE\", value, bucket]", "$missing", null, null, "" },
        { "{ $.kind = \"dimension\" && $.bucket = * && $.value = * }", "$.value", null, "$.bucket", "{Bucket=A} 1 29, {Bucket=B} 1 31" },
        { "DEFAULT_MATCH", "5", 3.0, null, "{} 15 47" },
    };

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task This_process_publishes_what_was_recorded(
        string pattern, string value, double? defaultValue, string? bucket, string expected)
    {
        FilterBench bench = new FilterBench().With(FilterBench.Filter("Recorded", pattern, t => Configure(t, value, defaultValue, bucket)));
        foreach (string message in Events)
        {
            _ = bench.See(message);
        }

        string[] sent = await bench.SentAsync();
        Assert.Equal(expected, string.Join(", ", sent.Order(StringComparer.Ordinal)).Replace("Shop/Recorded", "", StringComparison.Ordinal)
            .Replace("None 0s ", "", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public void The_embedded_CloudWatch_publishes_what_was_recorded(
        string pattern, string value, double? defaultValue, string? bucket, string expected)
    {
        LocalCloudWatch local = new();
        Put(local, pattern, t => Configure(t, value, defaultValue, bucket));
        local.Log("/recorded", "one", [.. Events.Select(static message => (LocalCloudWatch.Noon, message))]);

        IEnumerable<string> found =
            local.CloudWatch.ListMetrics(new ListMetricsRequest { Namespace = "Shop" }).Metrics.Select(metric => string.Create(
            CultureInfo.InvariantCulture,
            $"{{{string.Join(',', metric.Dimensions.Select(static d => $"{d.Name}={d.Value}"))}}} {Statistics(local, metric).Sum(static p => p.SampleCount!.Value)} {Statistics(local, metric).Sum(static p => p.Sum!.Value)}"));
        Assert.Equal(expected, string.Join(", ", found.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void A_value_counts_in_the_minute_of_its_event_also_in_the_future()
    {
        LocalCloudWatch local = new();
        Put(local, "{ $.kind = \"timestamp\" && $.value = * }", static t => t.Metric("Shop", "Recorded").Value("$.value"));
        (int Minutes, int Value)[] values = [(-5, 101), (0, 103), (5, 107), (60, 127)];
        local.Log("/recorded", "one",
            [.. values.Select(
                static at => (LocalCloudWatch.Noon.AddMinutes(at.Minutes), $$"""{"kind":"timestamp","value":{{at.Value}}}"""))]);

        MetricIdentifier metric = Assert.Single(local.CloudWatch.ListMetrics(new ListMetricsRequest { Namespace = "Shop" }).Metrics);
        Assert.Equal(
            values.Select(static at => (LocalCloudWatch.Noon.AddMinutes(at.Minutes), (double)at.Value)),
            Statistics(local, metric).OrderBy(static p => p.Timestamp).Select(static p => (p.Timestamp, p.Sum!.Value)));
    }

    private static void Configure(MetricFilterBuilder filter, string value, double? defaultValue, string? bucket)
    {
        _ = filter.Metric("Shop", "Recorded").Value(value);
        _ = defaultValue is null ? filter : filter.Default(defaultValue.Value);
        _ = bucket is null ? filter : filter.Dimension("Bucket", bucket);
    }

    private static void Put(LocalCloudWatch local, string pattern, Action<MetricFilterBuilder> configure)
    {
        MetricFilterOptions options = new() { Pattern = pattern };
        configure(new MetricFilterBuilder(options));
        SendResult result =
            local.Send(Encoding.UTF8.GetString(MetricFilterBody.Write("/recorded", "Recorded", options)), MetricFilterBody.Operation);
        Assert.True(result.Error == ErrorClass.None, result.ToString());
    }

    private static IReadOnlyList<Datapoint> Statistics(LocalCloudWatch local, MetricIdentifier metric) =>
        local.Statistics(LocalCloudWatch.Noon.AddHours(-1), LocalCloudWatch.Noon.AddHours(2), TimeSpan.FromMinutes(1), metric);
}
