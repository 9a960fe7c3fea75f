using System.Diagnostics;

namespace CloudObserve.Filters.Patterns;

/// <summary>Counts what an evaluation does, in debug builds only, so that tests can bound the work on a hostile event without a clock.</summary>
/// <threadsafety>Each thread counts for itself.</threadsafety>
internal static class WorkMeter
{
    [ThreadStatic]
    private static long _steps;

    internal static long Steps => _steps;

    [Conditional("DEBUG")]
    internal static void Add(long steps) => _steps += steps;

    internal static void Reset() => _steps = 0;
}
