namespace CloudObserve.LoadTests.Scenarios;

/// <summary>What came of a scenario.</summary>
/// <param name="Name">Which.</param>
/// <param name="Figures">What was measured.</param>
/// <param name="Failures">Which promises were broken.</param>
internal sealed record ScenarioResult(string Name, string Figures, IReadOnlyList<string> Failures)
{
    /// <summary>Gets a table of what was measured, as lines of Markdown; empty when a line of figures is all.</summary>
    internal IReadOnlyList<string> Table { get; init; } = [];

    internal bool Passed => Failures.Count == 0;

    public override string ToString() =>
        string.Join('\n', [$"{Name}: {(Passed ? "passed" : $"FAILED ({string.Join("; ", Failures)})")}: {Figures}", .. Table]);
}
