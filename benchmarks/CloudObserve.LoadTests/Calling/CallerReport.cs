namespace CloudObserve.LoadTests.Calling;

/// <summary>Represents the latencies of a library's calls at one rate.</summary>
/// <param name="Rate">The calls per second in the schedule.</param>
/// <param name="Calls">The number of calls made.</param>
/// <param name="Lost">The number of calls whose data was lost, including the warm-up.</param>
/// <param name="FromIntended">The latencies from the scheduled start of each call.</param>
/// <param name="FromStarted">The latencies from the actual start of each call.</param>
internal sealed record CallerReport(int Rate, long Calls, long Lost, Percentiles FromIntended, Percentiles FromStarted);
