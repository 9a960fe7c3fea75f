namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Represents a JSON pattern.</summary>
internal sealed record JsonSyntax(Expression Condition) : PatternSyntax
{
    internal override FilterPatternKind Kind => FilterPatternKind.Json;
}
