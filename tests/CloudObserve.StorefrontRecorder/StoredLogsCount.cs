namespace CloudObserve.StorefrontRecorder;

/// <summary>
/// Represents the counts of stored log events: all, distinct, and those that are older than the event before them in their stream.
/// </summary>
internal readonly record struct StoredLogsCount(long Events, long Distinct, long OutOfOrder);
