using System.Diagnostics.Metrics;
using CloudObserve.Metrics;
using Worker.Parcels;

namespace Worker.Telemetry;

/// <summary>Defines all metrics of the worker in one place, with their names, units and dimensions.</summary>
/// <remarks>A dimension for each parcel would create a billed metric for each parcel. There are only a few carriers.</remarks>
internal sealed class ParcelMetrics
{
    public const string MeterName = "Worker";

    private readonly Dictionary<string, MetricSeries> _shipped;
    private readonly Dictionary<string, MetricSeries> _weight;
    private readonly Dictionary<string, MetricSeries> _setAside;
    private readonly MetricSeries _queueWait;

    public ParcelMetrics(IMetricPublisher metrics, IMeterFactory meters, ParcelQueue queue)
    {
        _shipped = EachCarrier(metrics, "ParcelsShipped", MetricUnit.Count);
        _weight = EachCarrier(metrics, "ParcelWeight", MetricUnit.None);
        _setAside = EachCarrier(metrics, "ParcelsSetAside", MetricUnit.Count);
        _queueWait = metrics.Series("QueueWait", MetricUnit.Milliseconds);
        _ = meters.Create(MeterName).CreateObservableGauge("worker.queue.backlog", () => queue.Backlog, "{parcel}");
    }

    public void Taken(TimeSpan waited) => _queueWait.Put(Math.Round(waited.TotalMilliseconds));

    public void Shipped(Parcel parcel)
    {
        _shipped[parcel.Carrier].Put(1);
        _weight[parcel.Carrier].Put((double)parcel.Kilograms);
    }

    public void SetAside(Parcel parcel) => _setAside[parcel.Carrier].Put(1);

    private static Dictionary<string, MetricSeries> EachCarrier(IMetricPublisher metrics, string name, MetricUnit unit) =>
        LabelService.Carriers.ToDictionary(c => c, c => metrics.Series(name, unit, ("Carrier", c)));
}
