namespace CloudObserve.LoadTests.Scenarios;

/// <summary>Represents the result of a scenario.</summary>
/// <param name="Name">The name of the scenario.</param>
/// <param name="Figures">The measured figures.</param>
/// <param name="Failures">The failed checks.</param>
internal sealed record ScenarioResult(string Name, string Figures, IReadOnlyList<string> Failures)
{
    /// <summary>Gets a table of the measurements as lines of Markdown; empty if the line of figures is enough.</summary>
    internal IReadOnlyList<string> Table { get; init; } = [];

    internal bool Passed => Failures.Count == 0;

    public override string ToString() =>
        string.Join('\n', [$"{Name}: {(Passed ? "passed" : $"FAILED ({string.Join("; ", Failures)})")}: {Figures}", .. Table]);
}
