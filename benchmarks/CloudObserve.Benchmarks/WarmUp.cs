using System.Diagnostics;

namespace CloudObserve.Benchmarks;

/// <summary>Warms up a benchmark with few, long invocations until the JIT compiler has finished.</summary>
/// <remarks>BenchmarkDotNet's own warm-up counts invocations, and a dozen are too few.</remarks>
internal static class WarmUp
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(2);

    // A dry run measures nothing, so one invocation is enough. It runs in this process, whose command line names the job.
    private static readonly bool IsDry = Environment.GetCommandLineArgs().Contains("dry", StringComparer.OrdinalIgnoreCase);

    internal static void Run(Action invoke)
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            invoke();
        }
        while (!IsDry && Stopwatch.GetElapsedTime(start) < Enough);
    }
}
