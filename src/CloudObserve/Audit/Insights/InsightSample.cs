namespace CloudObserve.Audit.Insights;

/// <summary>Represents the data of an event that insights need.</summary>
/// <param name="Time">The time of the event.</param>
/// <param name="EventSource">The service.</param>
/// <param name="EventName">The name of the event.</param>
/// <param name="ErrorCode">The error code, if the action failed.</param>
/// <param name="UserIdentityArn">The ARN of the user.</param>
/// <param name="UserAgent">The program that requested the action.</param>
/// <param name="IsWrite">
/// Whether it is a management event that writes. Only the rate of these is watched, but the errors of all events are.
/// </param>
internal readonly record struct InsightSample(
    DateTimeOffset Time, string EventSource, string EventName, string? ErrorCode, string? UserIdentityArn, string? UserAgent, bool IsWrite);
