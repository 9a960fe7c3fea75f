namespace CloudObserve.Cli.Alarms.Scenarios;

/// <summary>Represents samples of metrics over time and the states of alarms that follow from them.</summary>
/// <param name="Name">The name.</param>
/// <param name="Start">The time of minute 0.</param>
/// <param name="Series">The metrics.</param>
/// <param name="Expectations">The expected states.</param>
internal sealed record Scenario(
    string Name, DateTimeOffset Start, IReadOnlyList<ScenarioSeries> Series, IReadOnlyList<Expectation> Expectations);
