using System.Globalization;
using CloudObserve;
using CloudObserve.Local;
using Microsoft.Extensions.Options;

namespace Storefront.Telemetry;

/// <summary>Reads the shop's metrics from the embedded CloudWatch and prints them as a table.</summary>
internal sealed class MetricsTable(
    EmbeddedCloudWatch cloudWatch, IOptions<CloudObserveOptions> options, IHostEnvironment environment, RecentErrors errors,
    TimeProvider time)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Window = TimeSpan.FromDays(1);

    private string Namespace => options.Value.Metrics.Namespace ?? environment.ApplicationName;

    /// <summary>Prints the table, or the location of the metrics if they are not in this process.</summary>
    public void Print()
    {
        if (options.Value.Destination == Destination.Local)
        {
            Console.WriteLine();
            Console.WriteLine($"{"metric",-30} {"dimensions",-24} {"count",8} {"sum",12} {"average",9} {"p50",9} {"p99",9}");
            foreach (MetricIdentifier metric in List().OrderBy(m => m.MetricName, StringComparer.Ordinal).ThenBy(m => m.Dimensions.Count)
                .ThenBy(Dimensions, StringComparer.Ordinal))
            {
                Print(metric);
            }

            errors.Print();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Destination != Destination.Local)
        {
            string address = Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL_CLOUDWATCH")
                ?? Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL") ?? "AWS";
            Console.WriteLine($"Publishing to Amazon CloudWatch at {address}, namespace {Namespace}.");
            return;
        }

        using PeriodicTimer timer = new(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Print();
        }
    }

    /// <summary>Lists the shop's own metrics.</summary>
    /// <remarks>Those of ASP.NET Core are in CloudWatch too, but not in the table.</remarks>
    private List<MetricIdentifier> List()
    {
        List<MetricIdentifier> found = [];
        string? next = null;
        do
        {
            ListMetricsResponse page = cloudWatch.ListMetrics(new ListMetricsRequest { Namespace = Namespace, NextToken = next });
            found.AddRange(page.Metrics.Where(m => IsOfShop(m.MetricName)));
            next = page.NextToken;
        }
        while (next is not null);
        return found;
    }

    // Only the metrics of meters have names with dots, and the library's own metrics of the audit trail begin with Audit.
    private static bool IsOfShop(string name) => name.Contains('.')
        ? name.StartsWith("storefront.", StringComparison.Ordinal)
        : !name.StartsWith("Audit", StringComparison.Ordinal);

    private void Print(MetricIdentifier metric)
    {
        DateTimeOffset end = time.GetUtcNow().AddMinutes(1);
        Datapoint? point = Read(new GetMetricStatisticsRequest
        {
            Metric = metric,
            StartTime = end - Window,
            EndTime = end,
            Period = Window,
            Statistics = ["SampleCount", "Sum", "Average"],
            ExtendedStatistics = ["p50", "p99"],
        });
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{metric.MetricName,-30} {Dimensions(metric),-24} {point?.SampleCount,8} {point?.Sum,12:0.00} {point?.Average,9:0.00} "
                + $"{Percentile(point, "p50"),9:0.00} {Percentile(point, "p99"),9:0.00}"));
    }

    // The time range is one period, and the shop publishes each metric in one unit, so there is at most one datapoint.
    private Datapoint? Read(GetMetricStatisticsRequest request) =>
        cloudWatch.GetMetricStatistics(request).Datapoints is [Datapoint point, ..] ? point : null;

    private static string Dimensions(MetricIdentifier metric) => metric.Dimensions.Count == 0 ? "-" : string.Join(' ', metric.Dimensions);

    private static double? Percentile(Datapoint? point, string name) =>
        point is not null && point.ExtendedStatistics.TryGetValue(name, out double value) ? value : null;
}
