using System.Collections.Immutable;

namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Represents a space-delimited pattern.</summary>
/// <remarks>Without fields it matches every event.</remarks>
internal sealed record FieldsSyntax(ImmutableArray<FieldSyntax> Fields) : PatternSyntax
{
    internal override FilterPatternKind Kind => FilterPatternKind.SpaceDelimited;
}
