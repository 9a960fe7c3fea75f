namespace CloudObserve.LogEvents.Wire;

/// <summary>Represents the weight of an event in the ledger and its expiry.</summary>
/// <param name="Weight">The number that the event counts for in the ledger.</param>
/// <param name="AcceptableUntil">The time at which the event becomes useless, if that is before CloudWatch Logs would refuse it.</param>
internal readonly record struct LogEventTerms(long Weight, DateTimeOffset AcceptableUntil)
{
    /// <summary>The terms of an ordinary event: weight 1, no expiry of its own.</summary>
    internal static readonly LogEventTerms One = new(1, DateTimeOffset.MaxValue);
}
