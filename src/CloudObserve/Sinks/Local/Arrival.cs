namespace CloudObserve.Sinks.Local;

/// <summary>The moment at which a request reached the embedded CloudWatch. A request that is replayed has the moment at which it was first
/// taken.</summary>
/// <param name="Time">The time by the clock. The age of data is checked against it.</param>
/// <param name="RetentionTime">The time by which data expires. It differs from the clock while the clock is in doubt.</param>
/// <param name="IsReplay">Whether an earlier process took the request.</param>
internal readonly record struct Arrival(DateTimeOffset Time, DateTimeOffset RetentionTime, bool IsReplay = false);
