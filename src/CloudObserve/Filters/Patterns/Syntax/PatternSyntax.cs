namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Represents a parsed pattern.</summary>
/// <remarks>The printer, the explainer and the compiler use it.</remarks>
internal abstract record PatternSyntax
{
    internal abstract FilterPatternKind Kind { get; }
}
