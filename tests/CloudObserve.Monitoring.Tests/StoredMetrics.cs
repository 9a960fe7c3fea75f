using System.Globalization;
using System.Text;
using CloudObserve.Delivery;
using CloudObserve.Local;
using CloudObserve.Metrics;
using CloudObserve.Sinks.Local;
using CloudObserve.Testing;
using Microsoft.Extensions.Options;

namespace CloudObserve.Monitoring.Tests;

/// <summary>An embedded CloudWatch with metrics. Its clock stands half an hour after the first minute.</summary>
internal sealed class StoredMetrics
{
    internal static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly LocalIngestion _ingestion;

    internal StoredMetrics()
    {
        CloudWatch = new EmbeddedCloudWatch(Options.Create(new LocalOptions()), Clock);
        _ingestion = new LocalIngestion(CloudWatch, null);
        Queries = new MetricQueries(CloudWatch, Clock);
    }

    internal ManualTimeProvider Clock { get; } = new(Start.AddMinutes(30));

    internal EmbeddedCloudWatch CloudWatch { get; }

    internal MetricQueries Queries { get; }

    internal static MetricDataQuery Query(
        string id, string name, string stat = "Sum", int period = 60, params MetricDimension[] dimensions) =>
        new()
        {
            Id = id,
            MetricStat = new MetricStat
            {
                Metric = new MetricIdentifier("Shop", name, dimensions),
                Period = TimeSpan.FromSeconds(period),
                Stat = stat,
            },
        };

    internal static MetricDataQuery Math(string id, string expression, string? label = null, int? period = null) =>
        new() { Id = id, Expression = expression, Label = label, Period = period is { } seconds ? TimeSpan.FromSeconds(seconds) : null };

    /// <summary>Puts a value for each minute from the start on; a missing one is a gap.</summary>
    internal StoredMetrics Put(string name, double?[] values, params MetricDimension[] dimensions) =>
        PutTo("Shop", name, values, "None", dimensions);

    internal StoredMetrics PutTo(
        string metricNamespace, string name, double?[] values, string unit = "None", params MetricDimension[] dimensions)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value)
            {
                PutAt(metricNamespace, name, Start.AddMinutes(i), value, unit, dimensions);
            }
        }

        return this;
    }

    internal void PutAt(
        string metricNamespace, string name, DateTimeOffset time, double value, string unit = "None", params MetricDimension[] dimensions)
    {
        string pairs = string.Join(',', dimensions.Select(d => $$"""{"Name":"{{d.Name}}","Value":"{{d.Value}}"}"""));
        string body = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"Namespace":"{{metricNamespace}}","MetricData":[{"MetricName":"{{name}}","Timestamp":{{time.ToUnixTimeSeconds()}},"Value":{{value:R}},"Unit":"{{unit}}","Dimensions":[{{pairs}}]}]}""");
        Assert.Equal(ErrorClass.None, _ingestion.Apply("PutMetricData", Encoding.UTF8.GetBytes(body), CloudWatch.Arrive()).Error);
    }

    /// <summary>Gets the results of queries over the first minutes.</summary>
    internal IReadOnlyList<MetricDataResult> Get(int minutes, params MetricDataQuery[] queries) =>
        Request(minutes, queries).MetricDataResults;

    internal GetMetricDataResponse Request(int minutes, params MetricDataQuery[] queries) => Queries.GetMetricData(new GetMetricDataRequest
    {
        MetricDataQueries = queries,
        StartTime = Start,
        EndTime = Start.AddMinutes(minutes),
        ScanBy = ScanBy.TimestampAscending,
    });

    /// <summary>Shows a result as a value for each minute.</summary>
    internal static string Show(MetricDataResult result, int minutes)
    {
        Dictionary<DateTimeOffset, double> values = result.Timestamps.Zip(result.Values).ToDictionary(p => p.First, p => p.Second);
        return Points.Show(
            Enumerable.Range(0, minutes).Select(i => values.TryGetValue(Start.AddMinutes(i), out double value) ? value : double.NaN));
    }
}
