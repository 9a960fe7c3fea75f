namespace CloudObserve.Logs.Wire;

/// <summary>What an event is in the books, and how long it is good for.</summary>
/// <param name="Weight">What it counts for in the ledger.</param>
/// <param name="AcceptableUntil">When it becomes useless, if that is before CloudWatch Logs would refuse it.</param>
internal readonly record struct LogEventTerms(long Weight, DateTimeOffset AcceptableUntil)
{
    /// <summary>An event that counts for itself.</summary>
    internal static readonly LogEventTerms One = new(1, DateTimeOffset.MaxValue);
}
