using CloudObserve.Monitoring;

namespace CloudObserve.Cli.Alarms.Scenarios;

/// <summary>Represents a change of an alarm's state in a scenario.</summary>
/// <param name="Time">The time.</param>
/// <param name="State">The state from then on.</param>
/// <param name="Reason">The reason.</param>
internal sealed record ScenarioChange(DateTimeOffset Time, AlarmState State, string Reason);
