namespace CloudObserve.Audit;

/// <summary>Represents an unusual rate of events or errors, compared with the seven days before.</summary>
/// <param name="State">Whether it has begun or ended.</param>
/// <param name="Type">The kind of rate.</param>
/// <param name="EventSource">The service.</param>
/// <param name="EventName">The name of the event.</param>
/// <param name="ErrorCode">The error code, for a rate of errors.</param>
/// <param name="Id">The id that start and end share.</param>
/// <param name="Time">The time at which it began or ended.</param>
/// <param name="Average">
/// At the start, the number of events in the unusual minute; at the end, the mean per minute over the whole unusual period.
/// </param>
/// <param name="BaselineAverage">The mean per minute over the days before.</param>
/// <param name="Duration">The duration so far.</param>
/// <param name="BaselineDuration">The duration of the period used for comparison.</param>
/// <param name="Attributions">The most frequent users, programs and errors of the period, at most five values of each kind.</param>
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
