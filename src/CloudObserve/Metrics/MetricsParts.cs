using CloudObserve.Diagnostics;
using CloudObserve.Metrics.Aggregation;
using CloudObserve.Metrics.Meters;
using CloudObserve.Metrics.Wire;
using CloudObserve.Pipeline.Batches;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Metrics;

/// <summary>The components of the metrics of one host, created by the composition root and by tests.</summary>
internal sealed record MetricsParts(
    SeriesRegistry Registry,
    LateSamples Late,
    MeterBridge Bridge,
    IMetricEncoder Encoder,
    DeliveryLoop Loop,
    LossLedger Ledger,
    IDiagnosticEvents Events,
    TimeProvider Time);
