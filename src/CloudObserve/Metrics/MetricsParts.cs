using CloudObserve.Diagnostics;
using CloudObserve.Metrics.Aggregation;
using CloudObserve.Metrics.Meters;
using CloudObserve.Metrics.Wire;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Metrics;

/// <summary>What the metrics of one host are made of; the composition root and tests put it together.</summary>
internal sealed record MetricsParts(
    SeriesRegistry Registry,
    LateSamples Late,
    MeterBridge Bridge,
    IMetricEncoder Encoder,
    DeliveryLoop Loop,
    LossLedger Ledger,
    IDiagnosticEvents Events,
    TimeProvider Time);
