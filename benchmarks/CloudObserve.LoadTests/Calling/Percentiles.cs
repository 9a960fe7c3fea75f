namespace CloudObserve.LoadTests.Calling;

/// <summary>How latencies are spread, in microseconds.</summary>
/// <param name="P50">Half took no longer.</param>
/// <param name="P99">Of a hundred, one took longer.</param>
/// <param name="P999">Of a thousand, one took longer.</param>
/// <param name="Max">The longest.</param>
internal sealed record Percentiles(double P50, double P99, double P999, double Max)
{
    internal static Percentiles Of(LatencyHistogram latencies) =>
        new(latencies.At(0.5) / 1e3, latencies.At(0.99) / 1e3, latencies.At(0.999) / 1e3, latencies.Max / 1e3);
}
