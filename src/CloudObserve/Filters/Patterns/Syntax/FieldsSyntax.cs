using System.Collections.Immutable;

namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>A space-delimited pattern. Without fields it matches every event.</summary>
internal sealed record FieldsSyntax(ImmutableArray<FieldSyntax> Fields) : PatternSyntax
{
    internal override FilterPatternKind Kind => FilterPatternKind.SpaceDelimited;
}
