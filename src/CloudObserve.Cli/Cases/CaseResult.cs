namespace CloudObserve.Cli.Cases;

/// <summary>Represents the answer to a case.</summary>
/// <param name="Result"><c>match</c>, <c>no-match</c> or <c>invalid</c>.</param>
/// <param name="Reason">The reason; <see langword="null"/> if there is none to tell.</param>
internal sealed record CaseResult(string Result, string? Reason)
{
    internal static CaseResult Match { get; } = new("match", null);

    internal static CaseResult NoMatch(string? reason) => new("no-match", reason);

    internal static CaseResult Invalid(string reason) => new("invalid", reason);
}
