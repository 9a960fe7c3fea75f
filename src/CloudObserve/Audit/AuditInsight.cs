namespace CloudObserve.Audit;

/// <summary>An unusual rate of events or of errors, compared with the seven days before.</summary>
/// <param name="State">Whether it has begun or is over.</param>
/// <param name="Type">What is unusual.</param>
/// <param name="EventSource">The service.</param>
/// <param name="EventName">The event.</param>
/// <param name="ErrorCode">The error, for a rate of errors.</param>
/// <param name="Id">The id that start and end share.</param>
/// <param name="Time">When it began, or ended.</param>
/// <param name="Average">At the start, how many there were in the minute that stood out; at the end, the mean per minute over the whole unusual time.</param>
/// <param name="BaselineAverage">The mean per minute over the days before.</param>
/// <param name="Duration">How long it has lasted.</param>
/// <param name="BaselineDuration">How long the time is that it is compared with.</param>
/// <param name="Attributions">Who and what had part in it, most frequent first, at most five values of each kind.</param>
public sealed record AuditInsight(
    AuditInsightState State,
    AuditInsightType Type,
    string EventSource,
    string EventName,
    string? ErrorCode,
    Guid Id,
    DateTimeOffset Time,
    double Average,
    double BaselineAverage,
    TimeSpan Duration,
    TimeSpan BaselineDuration,
    IReadOnlyList<AuditInsightAttribution> Attributions);
