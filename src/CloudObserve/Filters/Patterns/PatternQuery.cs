using System.Collections.Immutable;
using CloudObserve.Filters.Patterns.Syntax;

namespace CloudObserve.Filters.Patterns;

/// <summary>A pattern and what is wanted from the events that match it.</summary>
/// <param name="Syntax">The pattern.</param>
/// <param name="Captures">The selectors, one for each slot.</param>
internal sealed record PatternQuery(PatternSyntax Syntax, ImmutableArray<CaptureSyntax> Captures);
