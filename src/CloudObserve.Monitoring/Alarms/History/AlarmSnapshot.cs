namespace CloudObserve.Monitoring.Alarms.History;

/// <summary>Represents the state of an alarm at a time.</summary>
/// <param name="State">The state.</param>
/// <param name="Reason">The reason.</param>
/// <param name="ReasonData">The reason as JSON; <see langword="null"/> if there is none.</param>
/// <param name="Updated">The time since which it holds.</param>
internal sealed record AlarmSnapshot(AlarmState State, string Reason, string? ReasonData, DateTimeOffset Updated);
