namespace CloudObserve.LoadTests.Scenarios;

/// <summary>Represents a disturbance of an application under load.</summary>
internal interface IScenario
{
    /// <summary>Gets the name on the command line.</summary>
    string Name { get; }

    /// <summary>Runs the scenario.</summary>
    Task<ScenarioResult> RunAsync(Lengths lengths);
}
