namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>A pattern as written: what the printer prints, the explainer explains and the compiler compiles.</summary>
internal abstract record PatternSyntax
{
    internal abstract FilterPatternKind Kind { get; }
}
