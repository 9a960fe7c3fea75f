using System.Buffers;
using System.Globalization;
using System.Text;
using CloudObserve.Delivery;
using CloudObserve.Local;
using CloudObserve.Sinks;
using CloudObserve.Sinks.Local;
using CloudObserve.Sinks.Local.Segments;
using CloudObserve.Testing;
using CloudObserve.Tests.Contracts;
using CloudObserve.Tests.Pipeline.Delivery;
using Microsoft.Extensions.Options;

namespace CloudObserve.Tests.Sinks.Local.Segments;

/// <summary>An embedded CloudWatch that keeps what it takes in a directory, as one process has it.</summary>
internal sealed class KeptCloudWatch
{
    internal const string Group = "/shop";

    private readonly LocalSink _sink;

    internal KeptCloudWatch(
        string path, ManualTimeProvider? clock = null, long maxDiskBytes = LocalOptions.MinDiskBytes, LocalOptions? options =
            null, LogGroupSettings? group = null)
    {
        Clock = clock ?? new ManualTimeProvider(LocalCloudWatch.Noon);
        CloudWatch = new EmbeddedCloudWatch(Options.Create(options ?? new LocalOptions()), Clock);
        LocalIngestion ingestion = new(CloudWatch, group is null ? null : _ => group);
        Kept = new KeptBatches("local-files", path, maxDiskBytes, ingestion, Events, Clock);
        _sink = new LocalSink(ingestion, Kept);
        Kept.Start();
    }

    internal ManualTimeProvider Clock { get; }

    internal EmbeddedCloudWatch CloudWatch { get; }

    internal KeptBatches Kept { get; }

    internal RecordingEvents Events { get; } = new();

    internal LedgerSnapshot Books => Kept.Ledger.Snapshot();

    /// <summary>Gets the messages of the log group, in the order of their time and arrival.</summary>
    internal IReadOnlyList<string> Messages
    {
        get
        {
            List<string> messages = [];
            string? token = null;
            do
            {
                FilterLogEventsResponse page = CloudWatch.DescribeLogGroups(new DescribeLogGroupsRequest()).LogGroups.Count == 0
                    ? new FilterLogEventsResponse([], null)
                    : CloudWatch.FilterLogEvents(new FilterLogEventsRequest { LogGroupName = Group, NextToken = token });
                messages.AddRange(page.Events.Select(e => e.Message));
                token = page.NextToken;
            }
            while (token is not null);
            return messages;
        }
    }

    internal SendResult Send(Batch batch)
    {
        using (batch)
        {
            Task<SendResult> sent = _sink.SendAsync(batch, CancellationToken.None).AsTask();
            Assert.True(sent.IsCompleted);
            return sent.GetAwaiter().GetResult();
        }
    }

    internal SendResult Log(params string[] messages) =>
        Send(LogBatch.In(Group, "one", [.. messages.Select(m => LogBatch.Event(Clock.GetUtcNow(), m))]));

    internal SendResult Put(double value, DateTimeOffset? time = null)
    {
        string stamp = time is { } at ? $"\"Timestamp\":{LocalCloudWatch.At(at)}," : "";
        string body = string.Create(
            CultureInfo.InvariantCulture, $$"""{"Namespace":"Shop","MetricData":[{"MetricName":"Orders",{{stamp}}"Value":{{value}}}]}""");
        byte[] rented = ArrayPool<byte>.Shared.Rent(body.Length);
        _ = Encoding.ASCII.GetBytes(body, rented);
        return Send(new Batch(
            new BatchHeader("PutMetricData", "namespace Shop", Clock.GetUtcNow(), DateTimeOffset.MaxValue), rented, body.Length, 0,
            [body.Length], null));
    }

    internal (double Count, double Sum) Orders(DateTimeOffset start, DateTimeOffset end)
    {
        IReadOnlyList<Datapoint> found = CloudWatch.GetMetricStatistics(new GetMetricStatisticsRequest
        {
            Metric = LocalCloudWatch.Orders,
            StartTime = start,
            EndTime = end,
            Period = TimeSpan.FromHours(1),
            Statistics = ["SampleCount", "Sum"],
        }).Datapoints;
        return (found.Sum(d => d.SampleCount ?? 0), found.Sum(d => d.Sum ?? 0));
    }

    /// <summary>Waits until everything is written, and lets go of the directory.</summary>
    internal async Task CloseAsync() => await Kept.CloseAsync(CancellationToken.None).WaitAsync(LoopFixture.Safety);
}
