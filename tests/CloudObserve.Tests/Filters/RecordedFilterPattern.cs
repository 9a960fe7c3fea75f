namespace CloudObserve.Tests.Filters;

/// <summary>
/// A pattern of recorded-filter-patterns.json, with what CloudWatch Logs itself answered when it was asked in September 2026.
/// </summary>
/// <param name="Pattern">The pattern.</param>
/// <param name="Refused">The service's message, if it refused the pattern.</param>
/// <param name="Matches">Events that matched.</param>
/// <param name="Misses">Events that did not.</param>
/// <param name="Fields">Events that matched a space-delimited pattern, with what was extracted from them.</param>
public sealed record RecordedFilterPattern(
    string Pattern, string? Refused, string[]? Matches, string[]? Misses, RecordedFilterPattern.Extraction[]? Fields)
{
    public override string ToString() => Pattern;

    /// <summary>Gets the values that were extracted from an event.</summary>
    public sealed record Extraction(string Message, Dictionary<string, string> Values);
}
