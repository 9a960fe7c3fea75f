namespace CloudObserve.LoadTests.Scenarios;

/// <summary>What came of a scenario.</summary>
/// <param name="Name">Which.</param>
/// <param name="Figures">What was measured.</param>
/// <param name="Failures">Which promises were broken.</param>
internal sealed record ScenarioResult(string Name, string Figures, IReadOnlyList<string> Failures)
{
    internal bool Passed => Failures.Count == 0;

    public override string ToString() => $"{Name}: {(Passed ? "passed" : $"FAILED ({string.Join("; ", Failures)})")}: {Figures}";
}
