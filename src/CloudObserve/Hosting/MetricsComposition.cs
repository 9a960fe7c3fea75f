using CloudObserve.Diagnostics;
using CloudObserve.Metrics;
using CloudObserve.Metrics.Aggregation;
using CloudObserve.Metrics.Meters;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Hosting;

/// <summary>The metrics of one host, put together: the publisher that the application uses, the one of what is derived from other signals, and the signal that the host runs.</summary>
internal sealed record MetricsComposition(MetricPublisher Publisher, ExactPublisher Exact, MetricsSignal Signal)
{
    /// <summary>The signal's name in reports, instruments and logs.</summary>
    internal const string SignalName = "metrics";

    internal static MetricsComposition Create(
        CloudObserveOptions options, string applicationName, IBatchSink sink, IDiagnosticEvents events, TimeProvider time) =>
        Create(options, applicationName, sink, events, time, Random.Shared.NextDouble());

    internal static MetricsComposition Create(
        CloudObserveOptions options, string applicationName, IBatchSink sink, IDiagnosticEvents events, TimeProvider time, double publishOffset)
    {
        MetricsOptions metrics = options.Metrics;
        SeriesRegistry registry = new(metrics, time);
        LossLedger ledger = new(SignalName, () => registry.Total);
        LateSamples late = new(ledger);
        MetricPublisher publisher = new(metrics.Namespace ?? applicationName, registry, late, ledger, events, time);
        MeterBridge bridge = new(metrics, publisher, events);
        DeliveryLoop loop = new(sink, options.Delivery, ledger, events, time);
        return new MetricsComposition(
            publisher,
            new ExactPublisher(registry, late, ledger, events),
            new MetricsSignal(new MetricsParts(registry, late, bridge, loop, ledger, events, time), metrics, publishOffset));
    }
}
