using CloudObserve.Monitoring;

namespace CloudObserve.Cli.Alarms.Scenarios;

/// <summary>Represents a file of scenarios.</summary>
/// <param name="Name">The name of the file.</param>
/// <param name="Alarms">The alarms, each valid.</param>
/// <param name="Scenarios">The scenarios.</param>
internal sealed record ScenarioFile(string Name, AlarmDefinitions Alarms, IReadOnlyList<Scenario> Scenarios);
