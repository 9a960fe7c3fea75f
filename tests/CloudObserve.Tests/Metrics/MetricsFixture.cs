using System.Collections.Concurrent;
using CloudObserve.Delivery;
using CloudObserve.Hosting;
using CloudObserve.LogEvents.Routing;
using CloudObserve.Metrics;
using CloudObserve.Testing;
using CloudObserve.Tests.Pipeline.Delivery;

namespace CloudObserve.Tests.Metrics;

/// <summary>The metrics of one host on a clock moved by hand, over a sink that remembers every datum.</summary>
internal sealed class MetricsFixture : IBatchSink
{
    // 20 s into a minute, so that the distance to the next period's edge is not the length of one.
    internal static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 20, TimeSpan.Zero);

    private readonly MetricsComposition _composition;
    private readonly ConcurrentQueue<SentDatum> _sent = new();

    internal MetricsFixture(Action<MetricsOptions>? configure = null, double publishOffset = 0)
    {
        CloudObserveOptions options = new();
        configure?.Invoke(options.Metrics);
        _composition = MetricsComposition.Create(
            options, new LogIdentity("Test", "Development", "host", "one", "process"), new(this), Events, Time, publishOffset);
        _composition.Signal.Start();
    }

    internal ManualTimeProvider Time { get; } = new(Start);

    internal RecordingEvents Events { get; } = new();

    internal MetricPublisher Publisher => _composition.Publisher;

    internal FilterMetricPublisher FilterMetrics => _composition.FilterMetrics;

    internal MetricsSignal Signal => _composition.Signal;

    internal LedgerSnapshot Books => Signal.Ledger.Snapshot();

    /// <summary>Gets the datums sent so far, once every request under way has ended.</summary>
    internal async Task<SentDatum[]> SentAsync()
    {
        while (Signal.Gauges.WaitingBatches + Signal.Gauges.Requests > 0)
        {
            await Task.Yield();
        }

        return InOrder();
    }

    internal async Task<SentDatum[]> FlushedAsync()
    {
        await Signal.FlushAsync(CancellationToken.None);
        return InOrder();
    }

    public ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken)
    {
        foreach (SentDatum datum in SentDatum.Read(batch))
        {
            _sent.Enqueue(datum);
        }

        return ValueTask.FromResult(SendResult.Delivered());
    }

    // Several requests are under way at once, so they may arrive in any order.
    private SentDatum[] InOrder() => [.. _sent.OrderBy(d => d.Timestamp)];
}
