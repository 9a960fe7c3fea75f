using CloudObserve.Monitoring;

namespace CloudObserve.Cli.Alarms.Scenarios;

/// <summary>Represents the expected state of an alarm at a time.</summary>
/// <param name="Time">The time.</param>
/// <param name="Alarm">The name of the alarm.</param>
/// <param name="State">The state.</param>
/// <param name="Reason">The text that the reason of the state must contain; <see langword="null"/> for any.</param>
internal sealed record Expectation(DateTimeOffset Time, string Alarm, AlarmState State, string? Reason);
