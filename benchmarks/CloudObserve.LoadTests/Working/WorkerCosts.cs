namespace CloudObserve.LoadTests.Working;

/// <summary>What the worker has cost so far. What something costs is the difference of two.</summary>
/// <param name="Clock">When this was read, in seconds of a clock that only goes forward.</param>
/// <param name="CpuSeconds">The processor time of this process alone.</param>
/// <param name="Allocated">The managed bytes allocated.</param>
/// <param name="Paused">How long the garbage collector held all threads, in milliseconds.</param>
/// <param name="LongestPause">The longest of its pauses since the last <c>mark</c>, in milliseconds.</param>
/// <param name="Gen0">The collections of generation 0 or older.</param>
/// <param name="Gen1">The collections of generation 1 or older.</param>
/// <param name="Gen1Bytes">The size of generation 1 after the last collection.</param>
/// <param name="Gen2Bytes">The size of generation 2 after the last collection.</param>
/// <param name="PeakWorkingSet">The most memory the process has had.</param>
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
