namespace CloudObserve.LoadTests.Scenarios;

/// <summary>Something bad that happens to an application under load.</summary>
internal interface IScenario
{
    /// <summary>Gets what it is called on the command line.</summary>
    string Name { get; }

    /// <summary>Plays it.</summary>
    Task<ScenarioResult> RunAsync(Lengths lengths);
}
