using System.Collections.Immutable;

namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Represents conditions joined by <c>&amp;&amp;</c>.</summary>
internal sealed record AllOf(ImmutableArray<Expression> Parts) : Expression
{
    internal override IEnumerable<Comparison> Comparisons => Parts.SelectMany(static part => part.Comparisons);
}
