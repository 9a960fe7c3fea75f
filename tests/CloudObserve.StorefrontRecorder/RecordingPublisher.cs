using CloudObserve.Metrics;

namespace CloudObserve.StorefrontRecorder;

/// <summary>Records each sample that the shop publishes by name, and passes it on.</summary>
/// <remarks>
/// Samples of a bound series do not pass here. <see cref="OrderRecorder"/> records those of the only one that the shop has.
/// </remarks>
internal sealed class RecordingPublisher(IMetricPublisher publisher, PublishedTotals published) : IMetricPublisher
{
    public void Put(string name, double value, MetricUnit unit, params ReadOnlySpan<MetricDimension> dimensions)
    {
        publisher.Put(name, value, unit, dimensions);
        published.Add(name, value, dimensions);
    }

    public void Put(string name, double value, params ReadOnlySpan<MetricDimension> dimensions)
    {
        publisher.Put(name, value, dimensions);
        published.Add(name, value, dimensions);
    }

    public void PutAt(
        DateTimeOffset timestamp, string name, double value, MetricUnit unit, params ReadOnlySpan<MetricDimension> dimensions)
    {
        publisher.PutAt(timestamp, name, value, unit, dimensions);
        published.Add(name, value, dimensions);
    }

    public void PutAt(DateTimeOffset timestamp, string name, double value, params ReadOnlySpan<MetricDimension> dimensions)
    {
        publisher.PutAt(timestamp, name, value, dimensions);
        published.Add(name, value, dimensions);
    }

    public MetricSeries Series(string name, MetricUnit unit, params ReadOnlySpan<MetricDimension> dimensions) =>
        publisher.Series(name, unit, dimensions);

    public MetricSeries Series(string name, params ReadOnlySpan<MetricDimension> dimensions) => publisher.Series(name, dimensions);
}
