using System.Text;
using CloudObserve.Audit;
using CloudObserve.Local;
using Microsoft.Extensions.DependencyInjection;

namespace CloudObserve.Tests.Documentation.Running;

/// <summary>The data that has arrived from an application, in the embedded CloudWatch or on the disk, after a flush.</summary>
internal static class Arrived
{
    /// <summary>The one metric of a name.</summary>
    internal static (string Dimensions, double Count, double Sum) Metric(IServiceProvider services, string name)
    {
        EmbeddedCloudWatch here = services.GetRequiredService<EmbeddedCloudWatch>();
        MetricIdentifier metric = Assert.Single(here.ListMetrics(new ListMetricsRequest { MetricName = name }).Metrics);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        GetMetricStatisticsResponse found = here.GetMetricStatistics(new GetMetricStatisticsRequest
        {
            Metric = metric,
            StartTime = now.AddHours(-1),
            EndTime = now.AddHours(1),
            Period = TimeSpan.FromHours(3),
            Statistics = ["SampleCount", "Sum"],
        });
        return (string.Join(' ', metric.Dimensions), found.Datapoints.Sum(d => d.SampleCount ?? 0), found.Datapoints.Sum(d => d.Sum ?? 0));
    }

    /// <summary>The messages of all log groups.</summary>
    internal static IEnumerable<string> Messages(IServiceProvider services)
    {
        EmbeddedCloudWatch here = services.GetRequiredService<EmbeddedCloudWatch>();
        return here.DescribeLogGroups(new DescribeLogGroupsRequest()).LogGroups
            .SelectMany(g => here.FilterLogEvents(new FilterLogEventsRequest { LogGroupName = g.LogGroupName }).Events)
            .Select(e => e.Message);
    }

    /// <summary>The audit records of a name, the newest first.</summary>
    internal static async Task<IReadOnlyList<AuditRecord>> RecordsAsync(IServiceProvider services, string eventName) =>
        (await services.GetRequiredService<IAuditTrail>().LookupAsync(new AuditLookup { EventName = eventName })).Records;

    internal static string TextOf(AuditRecord record) => Encoding.UTF8.GetString(record.Json.Span);
}
