using System.Text.Json;
using CloudObserve.Local;
using Microsoft.Extensions.DependencyInjection;

namespace CloudObserve.HostedShop;

/// <summary>Says what became of everything and when it was stored, in one line.</summary>
internal static class Report
{
    internal static void Print(IServiceProvider services, string directory)
    {
        EmbeddedCloudWatch cloudWatch = services.GetRequiredService<EmbeddedCloudWatch>();
        DescribeLogStreamsResponse streams = cloudWatch.DescribeLogStreams(new DescribeLogStreamsRequest { LogGroupName = "/shop" });
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            TimeZone = TimeZoneInfo.Local.Id,
            HeapLimitMiB = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024 * 1024),
            Ledgers = services.GetRequiredService<ICloudObserve>().Ledgers.ToDictionary(
                l => l.Key, l => new { l.Value.Accepted, l.Value.Delivered, l.Value.TotalLost, l.Value.InFlight }),
            Streams = streams.LogStreams.Select(s => s.LogStreamName),
            Events = EventsOf(cloudWatch),
            Minutes = MinutesOf(cloudWatch, services.GetRequiredService<TimeProvider>().GetUtcNow()),
            Files = Directory.EnumerateFiles(Path.Combine(directory, "audit", "AWSLogs"), "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(directory, f)).Order(),
        }));
    }

    private static List<string> EventsOf(EmbeddedCloudWatch cloudWatch) =>
        [.. cloudWatch.FilterLogEvents(new FilterLogEventsRequest
        {
            LogGroupName = "/shop",
            FilterPattern = "{ $.category = \"Shop\" }",
            Limit = 100,
        })
            .Events.Select(e => $"{e.Timestamp:O} {JsonDocument.Parse(e.Message).RootElement.GetProperty("timestamp").GetString()}")];

    private static List<string> MinutesOf(EmbeddedCloudWatch cloudWatch, DateTimeOffset now) =>
        [.. cloudWatch.GetMetricStatistics(new GetMetricStatisticsRequest
        {
            Metric = new MetricIdentifier("Shop", "OrderValue", []),
            StartTime = now.AddHours(-12),
            EndTime = now.AddHours(11),
            Period = TimeSpan.FromMinutes(1),
            Statistics = ["SampleCount"],
        }).Datapoints.Select(d => $"{d.Timestamp:O} {d.SampleCount}").Order()];
}
