using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace CloudObserve.Benchmarks.Metrics;

/// <summary>Represents OpenTelemetry's aggregator with its default views.</summary>
/// <remarks>The benchmark triggers collection.</remarks>
internal sealed class TheirMetrics : IDisposable
{
    private readonly MeterProvider _provider;

    internal TheirMetrics(Meter meter, string? exponential = null)
    {
        Reader = new BaseExportingMetricReader(new DiscardingExporter());
        MeterProviderBuilder builder = Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name).AddReader(Reader);
        if (exponential is not null)
        {
            _ = builder.AddView(exponential, new Base2ExponentialBucketHistogramConfiguration());
        }

        _provider = builder.Build();
    }

    internal MetricReader Reader { get; }

    public void Dispose() => _provider.Dispose();
}
