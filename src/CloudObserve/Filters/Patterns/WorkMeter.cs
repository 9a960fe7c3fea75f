using System.Diagnostics;

namespace CloudObserve.Filters.Patterns;

/// <summary>
/// Counts the work of an evaluation in debug builds, so that tests can limit the work on a hostile event without measuring time.
/// </summary>
/// <threadsafety>Each thread has its own count.</threadsafety>
internal static class WorkMeter
{
    [ThreadStatic]
    private static long _steps;

    internal static long Steps => _steps;

    [Conditional("DEBUG")]
    internal static void Add(long steps) => _steps += steps;

    internal static void Reset() => _steps = 0;
}
