using System.Collections;
using System.Reflection;
using CloudObserve.Metrics;

namespace CloudObserve.Testing.Tests;

/// <summary>A failed assertion shows a record as text. A collection in it must be shown by what it holds, not by its type.</summary>
public sealed class PrintedRecordsTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private static readonly MetricDimension[] Dimensions = [("Region", "eu"), ("Tier", "gold")];
    private static readonly Dictionary<string, string> Map = new() { ["team"] = "shop", ["stage"] = "test" };

    private static readonly object[] Examples =
    [
        new AcceptedDatum("Shop", "Latency", Dimensions, "Seconds", At, 60, 3, 4.5, 1, 2.5, [new(1, 2), new(2.5, 1)]),
        new AcceptedSeries("Shop", "Latency", Dimensions, "Seconds", 2, 3, 4.5, 1, 2.5),
        new AcceptedLogEvent("/shop", "web", At, "An order was placed."),
        new CreatedLogGroup("/shop", "STANDARD", "a-key", 30, Map, ["web", "worker"]),
        new CreatedMetricFilter("/shop", "Errors", "ERROR", "Shop", "Errors", "1", 0.5, Map, "Count")
        {
            EmitSystemFieldDimensions = ["@aws.region"],
        },
        new ReceivedRequest("PutMetricData", Map, 120, 4_000, Fault.Throttle()),
        new AlarmScenarioNotification(At, "Orders", "ops", "ALARM: \"Orders\""),
        new CreatedAlarm("Orders", false, "{\"AlarmName\":\"Orders\"}", Map),
    ];

    public static TheoryData<string> Records =>
        [.. typeof(AcceptedDatum).Assembly.GetExportedTypes().Where(t => t.GetMethod("<Clone>$") is not null).Select(t => t.Name)];

    [Fact]
    public void A_datum_shows_its_dimensions_and_values() => Assert.Equal(
        "AcceptedDatum { Namespace = Shop, MetricName = Latency, Dimensions = [Region=eu, Tier=gold], Unit = Seconds, Timestamp = 2026-11-29T12:00:00.0000000+00:00, "
        + "StorageResolution = 60, SampleCount = 3, Sum = 4.5, Minimum = 1, Maximum = 2.5, Values = {1=2, 2.5=1} }",
        Examples[0].ToString());

    [Theory]
    [MemberData(nameof(Records))]
    public void A_record_shows_each_of_its_members_and_no_type_of_a_collection(string record)
    {
        object example = Examples.Single(e => e.GetType().Name == record);
        string text = example.ToString()!;

        Assert.DoesNotContain("System.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("[]", text, StringComparison.Ordinal);
        foreach (PropertyInfo member in example.GetType().GetProperties())
        {
            Assert.Contains($"{member.Name} = ", text, StringComparison.Ordinal);
            foreach (object element in member.GetValue(example) is IEnumerable elements and not string ? elements : Array.Empty<object>())
            {
                Assert.Contains(Shown(element), text, StringComparison.Ordinal);
            }
        }
    }

    private static string Shown(object element) => element switch
    {
        KeyValuePair<string, string> pair => $"{pair.Key}={pair.Value}",
        KeyValuePair<double, double> pair => $"{pair.Key}={pair.Value}",
        _ => element.ToString()!,
    };
}
