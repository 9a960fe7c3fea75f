using CloudObserve.Delivery;
using CloudObserve.Metrics;
using CloudObserve.Metrics.Aggregation;
using CloudObserve.Metrics.Meters;
using CloudObserve.Metrics.Wire;
using CloudObserve.Pipeline.Batches;
using CloudObserve.Pipeline.Delivery;
using CloudObserve.Testing;
using CloudObserve.Tests.Pipeline.Delivery;

namespace CloudObserve.Tests.Metrics.Wire;

public sealed class LossCountingEncoderTests
{
    private readonly ManualTimeProvider _time = new(MetricsFixture.Start);
    private readonly RecordingEvents _events = new();
    private readonly ScriptedSink _sink = new((_, _) => SendResult.Delivered());

    [Fact]
    public async Task A_series_that_cannot_be_encoded_is_lost_with_its_reason_and_the_others_arrive()
    {
        MetricsSignal signal = Create(out MetricPublisher publisher);
        publisher.Put("Before", 1);
        publisher.Put("Faulty", 1);
        publisher.Put("Faulty", 2);
        publisher.PutAt(MetricsFixture.Start.AddHours(-1), "Faulty", 3);
        publisher.PutAt(MetricsFixture.Start.AddHours(-1), "Behind", 4);
        publisher.Put("Behind", 4);

        await signal.FlushAsync(CancellationToken.None);

        LedgerSnapshot books = signal.Ledger.Snapshot();
        Assert.Equal((6, 3, 0), (books.Accepted, books.Delivered, books.InFlight));
        Assert.Equal([new(LossReason.EncodingFailed, 3)], books.Lost);
        _ = Assert.Single(_events.Errors);
    }

    [Fact]
    public async Task A_closing_signal_gets_its_books_right_too()
    {
        MetricsSignal signal = Create(out MetricPublisher publisher);
        publisher.Put("Faulty", 1);
        publisher.Put("Orders", 1);

        await signal.CloseAsync(CancellationToken.None);

        LedgerSnapshot books = signal.Ledger.Snapshot();
        Assert.Equal((2, 1, 0), (books.Accepted, books.Delivered, books.InFlight));
    }

    [Fact]
    public void What_got_into_a_batch_before_the_fault_is_not_lost()
    {
        LossLedger ledger = new("metrics", _events);
        ValueTable table = new();
        for (int i = 0; i < 10; i++)
        {
            table.Add(i);
        }

        new LossCountingEncoder(new FailingEncoder(taken: 4), ledger, _events).Add(
            new SeriesIdentity("Shop", "Faulty", MetricUnit.None, StorageResolution.Standard, []), table, MetricsFixture.Start);

        Assert.Equal(6, ledger.Snapshot().Lost[LossReason.EncodingFailed]);
    }

    private MetricsSignal Create(out MetricPublisher publisher)
    {
        MetricsOptions options = new();
        SeriesRegistry registry = new(options, _time);
        LossLedger ledger = new("metrics", _events, () => registry.Total);
        LateSamples late = new(ledger);
        publisher = new MetricPublisher("Shop", registry, late, ledger, _events, _time);
        DeliveryLoop loop = new(new(_sink), new DeliveryOptions(), ledger, _events, _time);
        MetricsSignal signal = new(
            new MetricsParts(
                registry, late, new MeterBridge(options, publisher, _events, _time),
                new FailingEncoder(0, new MetricDataEncoder(8, _time)), loop, ledger, _events, _time),
            options,
            0);
        signal.Start();
        return signal;
    }

    /// <summary>Fails with every series called Faulty, after it has taken some of its samples.</summary>
    private sealed class FailingEncoder(int taken, IMetricEncoder? inner = null) : IMetricEncoder
    {
        private long _extra;

        public long Taken => (inner?.Taken ?? 0) + _extra;

        public void Add(SeriesIdentity series, ValueTable table, DateTimeOffset periodStart)
        {
            if (series.Name == "Faulty")
            {
                _extra += taken;
                throw new InvalidOperationException("A fault of ours.");
            }

            inner!.Add(series, table, periodStart);
        }

        public List<Batch> TakeBatches() => inner!.TakeBatches();
    }
}
