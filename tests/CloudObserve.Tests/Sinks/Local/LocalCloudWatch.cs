using System.Buffers;
using System.Globalization;
using System.Text;
using CloudObserve.Delivery;
using CloudObserve.Local;
using CloudObserve.Sinks;
using CloudObserve.Sinks.Local;
using CloudObserve.Testing;
using CloudObserve.Tests.Contracts;
using Microsoft.Extensions.Options;

namespace CloudObserve.Tests.Sinks.Local;

/// <summary>An embedded CloudWatch with its sink and a clock that stands at noon of 2026-06-15.</summary>
internal sealed class LocalCloudWatch
{
    internal static readonly DateTimeOffset Noon = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly LocalSink _sink;

    internal LocalCloudWatch(LocalOptions? options = null, Func<string, LogGroupSettings>? groups = null)
    {
        CloudWatch = new EmbeddedCloudWatch(Options.Create(options ?? new LocalOptions()), Clock);
        _sink = new LocalSink(CloudWatch, groups);
    }

    internal ManualTimeProvider Clock { get; } = new(Noon);

    internal EmbeddedCloudWatch CloudWatch { get; }

    internal static MetricIdentifier Orders { get; } = new("Shop", "Orders");

    internal static string At(DateTimeOffset time) => (time.ToUnixTimeMilliseconds() / 1000.0).ToString("R", CultureInfo.InvariantCulture);

    internal SendResult Send(string body, string operation = "PutMetricData", CancellationToken cancellationToken = default)
    {
        using Batch batch = ToBatch(body, operation);
        Task<SendResult> sent = _sink.SendAsync(batch, cancellationToken).AsTask();
        Assert.True(sent.IsCompleted);
        return sent.GetAwaiter().GetResult();
    }

    internal void Put(params string[] datums)
    {
        SendResult result = Send($$"""{"Namespace":"Shop","MetricData":[{{string.Join(',', datums)}}]}""");
        Assert.True(result.Error == ErrorClass.None, result.ToString());
    }

    internal void Put(DateTimeOffset time, double value, int resolution = 60, string name = "Orders", string unit = "None") => Put(
        string.Create(CultureInfo.InvariantCulture,
            $$"""{"MetricName":"{{name}}","Timestamp":{{At(time)}},"Value":{{value}},"StorageResolution":{{resolution}},"Unit":"{{unit}}"}"""));

    internal void Log(string group, string stream, params (DateTimeOffset Time, string Message)[] events)
    {
        using Batch batch = LogBatch.In(group, stream, [.. events.Select(e => LogBatch.Event(e.Time, e.Message))]);
        Task<SendResult> sent = _sink.SendAsync(batch, CancellationToken.None).AsTask();
        Assert.True(sent.IsCompleted);
        Assert.True(sent.GetAwaiter().GetResult() is { Error: ErrorClass.None, Rejected.Count: 0 });
    }

    internal IReadOnlyList<Datapoint> Statistics(
        DateTimeOffset start, DateTimeOffset end, TimeSpan period, MetricIdentifier? metric = null, string? unit = null) =>
        CloudWatch.GetMetricStatistics(new GetMetricStatisticsRequest
        {
            Metric = metric ?? Orders,
            StartTime = start,
            EndTime = end,
            Period = period,
            Statistics = ["SampleCount", "Sum", "Average", "Minimum", "Maximum"],
            Unit = unit,
        }).Datapoints;

    internal MetricDataResult Data(string stat, DateTimeOffset start, DateTimeOffset end, TimeSpan period) =>
        CloudWatch.GetMetricData(new GetMetricDataRequest
        {
            MetricDataQueries = [Query("q", stat, period)],
            StartTime = start,
            EndTime = end,
            ScanBy = ScanBy.TimestampAscending,
        }).MetricDataResults.Single();

    internal static MetricDataQuery Query(string id, string stat, TimeSpan period, MetricIdentifier? metric = null) => new()
    {
        Id = id,
        MetricStat = new MetricStat { Metric = metric ?? Orders, Period = period, Stat = stat },
    };

    private static Batch ToBatch(string body, string operation)
    {
        int length = Encoding.UTF8.GetByteCount(body);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(length);
        Encoding.UTF8.GetBytes(body, bytes);
        return new Batch(new BatchHeader(operation, "test", Noon, Noon.AddDays(14)), bytes, length, 0, [length], null);
    }
}
