namespace CloudObserve.Cli.Alarms.Scenarios;

/// <summary>Represents a sample, or several equal ones.</summary>
/// <param name="Time">The time.</param>
/// <param name="Value">The value.</param>
/// <param name="Count">The number of equal samples.</param>
internal readonly record struct ScenarioSample(DateTimeOffset Time, double Value, double Count);
