using System.Collections.Immutable;

namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Represents conditions joined by <c>||</c>.</summary>
internal sealed record AnyOf(ImmutableArray<Expression> Parts) : Expression
{
    internal override IEnumerable<Comparison> Comparisons => Parts.SelectMany(static part => part.Comparisons);
}
