using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.LogEvents.Routing;
using CloudObserve.Metrics;
using CloudObserve.Metrics.Aggregation;
using CloudObserve.Metrics.EmbeddedFormat;
using CloudObserve.Metrics.Meters;
using CloudObserve.Metrics.Wire;
using CloudObserve.Pipeline.Batches;
using CloudObserve.Pipeline.Delivery;
using CloudObserve.Sinks.StandardOutput;

namespace CloudObserve.Hosting;

/// <summary>
/// Holds the parts of one host's metrics: the application's publisher, the publisher for metric filters, and the signal that the host runs.
/// </summary>
internal sealed record MetricsComposition(MetricPublisher Publisher, FilterMetricPublisher FilterMetrics, MetricsSignal Signal)
{
    /// <summary>The name of the metrics signal in reports, instruments and logs.</summary>
    internal const string SignalName = "metrics";

    internal static MetricsComposition Create(
        CloudObserveOptions options, LogIdentity identity, DeliveryTarget target, IDiagnosticEvents events, TimeProvider time,
        object? meterScope = null) => Create(options, identity, target, events, time, Random.Shared.NextDouble(), meterScope);

    internal static MetricsComposition Create(
        CloudObserveOptions options, LogIdentity identity, DeliveryTarget target, IDiagnosticEvents events, TimeProvider time,
        double publishOffset, object? meterScope = null)
    {
        MetricsOptions metrics = options.Metrics;
        SeriesRegistry registry = new(metrics, time);
        LossLedger ledger = new(SignalName, events, () => registry.Total, MetricLossReasons.All);
        LateSamples late = new(ledger);
        MetricPublisher publisher =
            new(metrics.Namespace ?? MetricRules.ToNamespace(identity.Application), registry, late, ledger, events, time);
        MeterBridge bridge = new(metrics, publisher, events, time, meterScope);
        IMetricEncoder encoder = EncoderOf(options, identity, ledger, events, time);
        DeliveryLoop loop = metrics.EmbeddedMetricFormat?.Target == EmbeddedMetricTarget.StandardOutput
            ? new DeliveryLoop(
                new DeliveryTarget(new StandardOutputSink(StandardOutputStream.Open, MetricLossReasons.OutputBroken)),
                Patient(options.Delivery),
                ledger,
                events,
                time)
            : new DeliveryLoop(target, options.Delivery, ledger, events, time);
        return new MetricsComposition(
            publisher,
            new FilterMetricPublisher(registry, late, ledger, events),
            new MetricsSignal(new MetricsParts(registry, late, bridge, encoder, loop, ledger, events, time), metrics, publishOffset));
    }

    private static IMetricEncoder EncoderOf(
        CloudObserveOptions options, LogIdentity identity, LossLedger ledger, IDiagnosticEvents events, TimeProvider time)
    {
        if (options.Metrics.EmbeddedMetricFormat is not { } format)
        {
            return new MetricDataEncoder(options.Metrics.MaxDatumsPerSeries, time);
        }

        IDocumentOutput output = format.Target == EmbeddedMetricTarget.StandardOutput
            ? new LineOutput(time)
            : new LogEventOutput(new LogRouter(format.LogGroup ?? options.Logs.LogGroup, format.LogStream, [], identity), time);
        return new EmbeddedMetricEncoder(format.MaxSamplesPerSeries, output, ledger, events);
    }

    // A line that is read slowly must not be written twice, so an attempt has no timeout of its own; the host's deadline ends it.
    private static DeliveryOptions Patient(DeliveryOptions delivery) => new()
    {
        MaxConcurrentRequests = 1,
        MaxBufferBytes = delivery.MaxBufferBytes,
        RequestTimeout = TimeSpan.FromDays(14),
        ShutdownTimeout = delivery.ShutdownTimeout,
    };
}
