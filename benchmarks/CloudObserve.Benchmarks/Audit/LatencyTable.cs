using System.Collections.Concurrent;
using System.Globalization;

namespace CloudObserve.Benchmarks.Audit;

/// <summary>Records the latencies of single calls.</summary>
/// <remarks>BenchmarkDotNet provides only their mean.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class LatencyTable
{
    private readonly ConcurrentQueue<TimeSpan> _latencies = new();

    public override string ToString()
    {
        TimeSpan[] sorted = [.. _latencies.Order()];
        return sorted.Length == 0 ? "nothing measured" : string.Create(
            CultureInfo.InvariantCulture,
            $"p50 {At(sorted, 0.5):F0} us, p99 {At(sorted, 0.99):F0} us, max {sorted[^1].TotalMicroseconds:F0} us over {sorted.Length} "
                + $"records, warm-up included");
    }

    internal void Clear() => _latencies.Clear();

    internal void Add(TimeSpan latency) => _latencies.Enqueue(latency);

    private static double At(TimeSpan[] sorted, double share) => sorted[(int)((sorted.Length - 1) * share)].TotalMicroseconds;
}
