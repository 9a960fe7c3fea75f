namespace CloudObserve.LoadTests.Working;

/// <summary>Represents the worker's resource usage so far.</summary>
/// <remarks>The usage of a period is the difference of two values.</remarks>
/// <param name="Clock">The time of this reading, in seconds of a monotonic clock.</param>
/// <param name="CpuSeconds">The processor time of this process.</param>
/// <param name="Allocated">The number of allocated managed bytes.</param>
/// <param name="Paused">The total pause time of the garbage collector, in milliseconds.</param>
/// <param name="LongestPause">The longest pause since the last <c>mark</c>, in milliseconds.</param>
/// <param name="Gen0">The number of collections of generation 0 or older.</param>
/// <param name="Gen1">The number of collections of generation 1 or older.</param>
/// <param name="Gen1Bytes">The size of generation 1 after the last collection.</param>
/// <param name="Gen2Bytes">The size of generation 2 after the last collection.</param>
/// <param name="PeakWorkingSet">The largest working set of the process.</param>
internal sealed record WorkerCosts(
    double Clock,
    double CpuSeconds,
    long Allocated,
    double Paused,
    double LongestPause,
    int Gen0,
    int Gen1,
    long Gen1Bytes,
    long Gen2Bytes,
    long PeakWorkingSet);
