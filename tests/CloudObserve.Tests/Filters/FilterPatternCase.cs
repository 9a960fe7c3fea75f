namespace CloudObserve.Tests.Filters;

/// <summary>A row of filter-pattern-cases.json: an example from AWS's documents, or one that follows from their rules.</summary>
public sealed record FilterPatternCase(
    string Id, string Pattern, string Message, string Expect, Dictionary<string, string>? Extracted, string Source)
{
    public override string ToString() => $"{Id} {Pattern}";
}
