namespace CloudObserve.Diagnostics;

/// <summary>Reads the time that passes. It goes on evenly when the clock is set, so durations and ages are counted in it.</summary>
internal static class PassedTime
{
    /// <summary>Gets how much time has passed since a moment that is the same for the whole process. Only differences between two readings mean something.</summary>
    internal static TimeSpan GetPassedTime(this TimeProvider time) => time.GetElapsedTime(0);
}
