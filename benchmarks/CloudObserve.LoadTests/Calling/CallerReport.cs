namespace CloudObserve.LoadTests.Calling;

/// <summary>What the calls of one library took at one rate.</summary>
/// <param name="Rate">How many calls a second the schedule had.</param>
/// <param name="Calls">How many calls were made.</param>
/// <param name="Lost">How many calls' content was lost, warm-up included.</param>
/// <param name="FromIntended">The latencies from when a call was to start.</param>
/// <param name="FromStarted">The latencies from when it did.</param>
internal sealed record CallerReport(int Rate, long Calls, long Lost, Percentiles FromIntended, Percentiles FromStarted);
