namespace CloudObserve.Tests.Conventions;

/// <summary>Reports all violations of a rule at once, below the reason for the rule.</summary>
internal static class Rule
{
    internal static void Holds(string reason, IEnumerable<string> violations)
    {
        string[] found = [.. violations];
        Assert.True(found.Length == 0, $"{reason}{Environment.NewLine}{string.Join(Environment.NewLine, found)}");
    }

    /// <summary>Proves a rule: a planted violation is caught, alone, and named.</summary>
    internal static void Catches(string named, IEnumerable<string> violations) =>
        Assert.Contains(named, Assert.Single(violations), StringComparison.Ordinal);
}
