namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Represents one step of a selector.</summary>
/// <param name="Kind">The kind of the step.</param>
/// <param name="Name">The property's name.</param>
/// <param name="Index">The element's index.</param>
internal readonly record struct PathStep(PathStepKind Kind, string? Name = null, int Index = 0)
{
    internal bool IsWildcard => Kind is PathStepKind.AnyProperty or PathStepKind.AnyElement;
}
