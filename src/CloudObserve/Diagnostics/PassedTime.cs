namespace CloudObserve.Diagnostics;

/// <summary>Reads the monotonic time, which does not jump when the clock is set. Durations and ages are computed from it.</summary>
internal static class PassedTime
{
    /// <summary>
    /// Returns the time elapsed since a fixed moment of this process. Only differences between two readings are meaningful.
    /// </summary>
    internal static TimeSpan GetPassedTime(this TimeProvider time) => time.GetElapsedTime(0);
}
