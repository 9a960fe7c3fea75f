namespace CloudObserve.Audit.Insights;

/// <summary>What an insight needs to know of an event.</summary>
/// <param name="Time">When it happened.</param>
/// <param name="EventSource">The service.</param>
/// <param name="EventName">The event.</param>
/// <param name="ErrorCode">The error, if it failed.</param>
/// <param name="UserIdentityArn">Who did it.</param>
/// <param name="UserAgent">With what.</param>
/// <param name="IsWrite">Whether it is a management event that wrote: only their rate is watched. Errors of all are.</param>
internal readonly record struct InsightSample(
    DateTimeOffset Time, string EventSource, string EventName, string? ErrorCode, string? UserIdentityArn, string? UserAgent, bool IsWrite);
