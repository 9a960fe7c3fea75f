using CloudObserve.Local;
using CloudObserve.Metrics;
using CloudObserve.Sinks;

namespace CloudObserve.Tests.Sinks.Local.Ingestion.EmbeddedMetrics;

public sealed class EmbeddedMetricExtractorTests
{
    private const string Group = "/shop";

    private static readonly DateTimeOffset Noon = LocalCloudWatch.Noon;
    private static readonly long Millisecond = Noon.ToUnixTimeMilliseconds();

    private readonly LocalCloudWatch _local = new();

    [Fact]
    public void Each_metric_is_published_once_for_each_set_of_dimensions()
    {
        Log($$"""
            {"_aws":{"Timestamp":{{Millisecond + 123}},"CloudWatchMetrics":[{"Namespace":"Shop","Dimensions":[["Service","Route"],["Service"],[]],
            "Metrics":[{"Name":"Latency","Unit":"Milliseconds","StorageResolution":1},{"Name":"Faults","Unit":"Count"}]}]},
            "Service":"cart","Route":"POST /cart/items","Latency":[12.5,12.5,40.1],"Faults":0,"traceId":"1-6aff8d80"}
            """);

        Assert.Equal(6, List("Shop").Count);
        foreach (MetricDimension[] set in (MetricDimension[][])[
            [("Route", "POST /cart/items"), ("Service", "cart")], [("Service", "cart")], []])
        {
            Datapoint latency = Read("Latency", set)!;
            Assert.Equal((3, 65.1, 12.5, 40.1, "Milliseconds"),
                (latency.SampleCount, latency.Sum, latency.Minimum, latency.Maximum, latency.Unit));
            Assert.Equal((1, 0), (Read("Faults", set)!.SampleCount, Read("Faults", set)!.Sum));
        }

        Assert.Empty(Errors());
    }

    [Fact]
    public void The_document_says_the_time_and_not_the_event()
    {
        _local.Log(Group, "s", (Noon.AddMinutes(30), Document(Millisecond - 3_600_000)));

        Assert.Equal(Noon.AddHours(-1), Read("Orders")!.Timestamp);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-15 * 24 * 3_600)]
    [InlineData(3 * 3_600)]
    public void A_time_outside_of_the_window_of_metrics_is_lost_without_a_word(int seconds)
    {
        Log(Document(seconds == 0 ? Noon.ToUnixTimeSeconds() : Millisecond + (seconds * 1_000L)));

        Assert.Empty(List("Shop"));
        Assert.Empty(Errors());
    }

    [Theory]
    [InlineData("INFO {0}")]
    [InlineData("[{0}]")]
    [InlineData("""{{"message":{0}}}""")]
    public void An_event_that_is_not_the_document_itself_is_a_plain_one(string wrapping)
    {
        Log(string.Format(System.Globalization.CultureInfo.InvariantCulture, wrapping, Document(Millisecond)));
        Log(Document(Millisecond).Replace("_aws", "_AWS", StringComparison.Ordinal));

        Assert.Empty(List("Shop"));
        Assert.Empty(Errors());
    }

    [Theory]
    [InlineData("""{"_aws":{"Timestamp":1,"CloudWatchMetrics":[]}""")]
    [InlineData("""{"_aws":{"Timestamp":1,"CloudWatchMetrics":[]}} and more""")]
    [InlineData("""{"_aws":[]}""")]
    [InlineData("""{"_aws":{"Timestamp":1}}""")]
    [InlineData("""{"_aws":{"Timestamp":1,"CloudWatchMetrics":{}}}""")]
    public void What_is_not_built_as_a_document_is_a_parsing_error_and_stays_a_log_event(string message)
    {
        Log(message);

        Assert.Equal(["EMFParsingErrors"], Errors());
        Assert.Equal(message,
            Assert.Single(_local.CloudWatch.FilterLogEvents(new FilterLogEventsRequest { LogGroupName = Group }).Events).Message);
    }

    [Theory]
    [InlineData("\"Dimensions\":[[\"Region\"]]", "\"Dimensions\":[]")]
    [InlineData("\"Dimensions\":[[\"Region\"]]", "\"Dimensions\":[\"Region\"]")]
    [InlineData("\"Dimensions\":[[\"Region\"]]", "\"Dimensions\":[[\"Missing\"]]")]
    [InlineData("\"Dimensions\":[[\"Region\"]]", "\"Dimensions\":[[\"Region\",\"Region\"]]")]
    [InlineData("\"Dimensions\":[[\"Region\"]]", "\"Dimensions\":[[5]]")]
    [InlineData("\"Dimensions\":[[\"Region\"]],", "")]
    [InlineData("\"Region\":\"eu\"", "\"Region\":5")]
    [InlineData("\"Region\":\"eu\"", "\"Region\":\"\"")]
    [InlineData("\"Orders\":2", "\"Orders\":\"2\"")]
    [InlineData("\"Orders\":2", "\"Orders\":null")]
    [InlineData("\"Orders\":2", "\"Orders\":[2,\"3\"]")]
    [InlineData("\"Orders\":2", "\"Orders\":1e300")]
    [InlineData("\"Orders\":2", "\"nested\":{\"Orders\":2}")]
    [InlineData("\"Unit\":\"Count\"", "\"Unit\":\"count\"")]
    [InlineData("\"Unit\":\"Count\"", "\"StorageResolution\":5")]
    [InlineData("\"Namespace\":\"Shop\"", "\"Namespace\":\"AWS/Shop\"")]
    [InlineData("\"Namespace\":\"Shop\",", "")]
    [InlineData("\"Name\":\"Orders\",", "")]
    [InlineData("\"Metrics\":[", "\"metrics\":[")]
    [InlineData("\"Timestamp\":", "\"timestamp\":")]
    [InlineData("\"Timestamp\":", "\"Timestamp\":0.")]
    public void A_document_that_breaks_a_rule_gives_no_metric_at_all(string rule, string broken)
    {
        string document = Document(Millisecond);
        Assert.Contains(rule, document, StringComparison.Ordinal);

        // Beside a sound directive, which does not help it.
        const string Start = "\"CloudWatchMetrics\":[";
        const string Sound = $$"""{{Start}}{"Namespace":"Shop","Dimensions":[[]],"Metrics":[{"Name":"Sound"}]},""";
        Log(document.Replace(rule, broken, StringComparison.Ordinal)
            .Replace(Start, Sound, StringComparison.Ordinal)[..^1] + ",\"Sound\":1}");

        Assert.Empty(List("Shop"));
        Assert.Equal(["EMFValidationErrors"], Errors());
    }

    [Theory]
    [InlineData(100, 100, 30, true)]
    [InlineData(101, 1, 1, false)]
    [InlineData(1, 101, 1, false)]
    [InlineData(1, 1, 31, false)]
    public void Limits_are_kept_as_they_are(int metrics, int values, int dimensions, bool taken)
    {
        string[] names = [.. Enumerable.Range(0, dimensions).Select(i => $"\"d{i}\"")];
        string[] definitions = [.. Enumerable.Range(0, metrics).Select(i => $$"""{"Name":"m{{i}}"}""")];
        string numbers = string.Join(',', Enumerable.Repeat(1, values));
        Log($$$"""
            {"_aws":{"Timestamp":{{{Millisecond}}},"CloudWatchMetrics":[{"Namespace":"Shop","Dimensions":[[{{{string.Join(',', names)}}}]],"Metrics":[{{{string.Join(',', definitions)}}}]}]},
            {{{string.Join(',', names.Select(n => $"{n}:\"v\""))}}},{{{string.Join(',', Enumerable.Range(0, metrics).Select(i => $"\"m{i}\":[{numbers}]"))}}}}
            """);

        Assert.Equal(taken ? metrics : 0, List("Shop").Count);
        Assert.Equal(taken ? [] : ["EMFValidationErrors"], Errors());
    }

    [Theory]
    [InlineData("STANDARD", true)]
    [InlineData("INFREQUENT_ACCESS", false)]
    [InlineData("DELIVERY", false)]
    public void Only_groups_of_the_standard_class_give_metrics(string logGroupClass, bool taken)
    {
        LocalCloudWatch local = new(groups: _ => LogGroupSettings.None with { Class = logGroupClass });
        local.Log(Group, "s", (Noon, Document(Millisecond)));

        Assert.Equal(taken ? 1 : 0, local.CloudWatch.ListMetrics(new ListMetricsRequest { Namespace = "Shop" }).Metrics.Count);
    }

    private static string Document(long timestamp) => $$$"""
        {"_aws":{"Timestamp":{{{timestamp}}},"CloudWatchMetrics":[{"Namespace":"Shop","Dimensions":[["Region"]],"Metrics":[{"Name":"Orders","Unit":"Count"}]}]},"Region":"eu","Orders":2}
        """;

    private void Log(string message) => _local.Log(Group, "s", (Noon, message));

    private IReadOnlyList<MetricIdentifier> List(string @namespace) =>
        _local.CloudWatch.ListMetrics(new ListMetricsRequest { Namespace = @namespace }).Metrics;

    private string[] Errors() => [.. List("AWS/Logs").Select(m => m.MetricName).Where(n => n.StartsWith("EMF", StringComparison.Ordinal))];

    private Datapoint? Read(string name, params MetricDimension[] dimensions) => _local.Statistics(
        Noon.AddHours(-3), Noon.AddHours(3), TimeSpan.FromMinutes(1),
        new MetricIdentifier("Shop", name, dimensions.Length == 0 && name == "Orders" ? [("Region", "eu")] : dimensions)).SingleOrDefault();
}
