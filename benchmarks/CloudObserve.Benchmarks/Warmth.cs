using System.Diagnostics;

namespace CloudObserve.Benchmarks;

/// <summary>Brings a benchmark of few, long invocations to where the compiler is done with it: BenchmarkDotNet's own warm-up counts invocations, and a dozen are too few.</summary>
internal static class Warmth
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(2);

    // A dry run measures nothing, so once is enough to show that the benchmark runs. It is in this process, whose command line names the job.
    private static readonly bool IsDry = Environment.GetCommandLineArgs().Contains("dry", StringComparer.OrdinalIgnoreCase);

    internal static void Reach(Action invoke)
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            invoke();
        }
        while (!IsDry && Stopwatch.GetElapsedTime(start) < Enough);
    }
}
