using System.Collections.Immutable;
using CloudObserve.Filters.Patterns.Syntax;

namespace CloudObserve.Filters.Patterns;

/// <summary>Combines a pattern with the selectors of values in matching events.</summary>
/// <param name="Syntax">The pattern.</param>
/// <param name="Captures">The selectors, one for each capture.</param>
internal sealed record PatternQuery(PatternSyntax Syntax, ImmutableArray<CaptureSyntax> Captures);
