using System.Globalization;
using System.Text;
using CloudObserve;
using CloudObserve.Local;
using Microsoft.Extensions.Options;

namespace Worker.Telemetry;

/// <summary>Reads the content of the embedded CloudWatch with the operations that AWS has too.</summary>
internal sealed class StoredTelemetry(EmbeddedCloudWatch cloudWatch, IOptions<CloudObserveOptions> options, TimeProvider time)
{
    // CloudWatch Logs counts and bills this many bytes for each event in addition to its message.
    private const int BytesBesideMessage = 26;

    private static readonly TimeSpan Window = TimeSpan.FromDays(1);

    private string Namespace => options.Value.Metrics.Namespace!;

    /// <summary>Returns the metrics.</summary>
    /// <remarks>One run has less than a page of them.</remarks>
    public IEnumerable<StoredSeries> Series() => cloudWatch.ListMetrics(new ListMetricsRequest { Namespace = Namespace }).Metrics
        .Select(Read).OrderBy(s => s.Metric, StringComparer.Ordinal).ThenBy(s => s.Dimensions, StringComparer.Ordinal);

    /// <summary>Counts the log events and the bytes that CloudWatch would bill for them.</summary>
    public (long Events, long Bytes) Logs()
    {
        (long events, long bytes) = (0, 0);
        foreach (LogGroupSummary group in cloudWatch.DescribeLogGroups(new DescribeLogGroupsRequest()).LogGroups)
        {
            FilterLogEventsRequest request = new() { LogGroupName = group.LogGroupName };
            do
            {
                FilterLogEventsResponse page = cloudWatch.FilterLogEvents(request);
                events += page.Events.Count;
                bytes += page.Events.Sum(e => (long)Encoding.UTF8.GetByteCount(e.Message) + BytesBesideMessage);
                request = request with { NextToken = page.NextToken };
            }
            while (request.NextToken is not null);
        }

        return (events, bytes);
    }

    public void Print()
    {
        if (options.Value.Destination != Destination.Local)
        {
            Console.WriteLine($"The metrics are in Amazon CloudWatch, namespace {Namespace}.");
            return;
        }

        Console.WriteLine($"{"metric",-22} {"dimensions",-14} {"count",8} {"sum",12}");
        foreach (StoredSeries series in Series())
        {
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture,
                    $"{series.Metric,-22} {series.Dimensions,-14} {series.Count,8} {series.Sum,12:0.00}"));
        }
    }

    private StoredSeries Read(MetricIdentifier metric)
    {
        DateTimeOffset end = time.GetUtcNow().AddMinutes(1);
        Datapoint[] points = [.. cloudWatch.GetMetricStatistics(new GetMetricStatisticsRequest
        {
            Metric = metric,
            StartTime = end - Window,
            EndTime = end,
            Period = Window,
            Statistics = ["SampleCount", "Sum"],
        }).Datapoints];
        return new StoredSeries(
            metric.MetricName, string.Join(' ', metric.Dimensions), points.Sum(p => p.SampleCount ?? 0), points.Sum(p => p.Sum ?? 0));
    }
}
