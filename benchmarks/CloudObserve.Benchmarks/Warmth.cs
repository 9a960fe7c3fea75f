using System.Diagnostics;

namespace CloudObserve.Benchmarks;

/// <summary>Brings a benchmark of few, long invocations to where the compiler is done with it: BenchmarkDotNet's own warm-up counts invocations, and a dozen are too few.</summary>
internal static class Warmth
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(2);

    internal static void Reach(Action invoke)
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            invoke();
        }
        while (Stopwatch.GetElapsedTime(start) < Enough);
    }
}
