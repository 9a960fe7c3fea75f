namespace CloudObserve.LoadTests.Calling;

/// <summary>Represents the distribution of latencies, in microseconds.</summary>
/// <param name="P50">The median.</param>
/// <param name="P99">The latency that one of a hundred calls exceeded.</param>
/// <param name="P999">The latency that one of a thousand calls exceeded.</param>
/// <param name="Max">The largest latency.</param>
internal sealed record Percentiles(double P50, double P99, double P999, double Max)
{
    internal static Percentiles Of(LatencyHistogram latencies) =>
        new(latencies.At(0.5) / 1e3, latencies.At(0.99) / 1e3, latencies.At(0.999) / 1e3, latencies.Max / 1e3);
}
