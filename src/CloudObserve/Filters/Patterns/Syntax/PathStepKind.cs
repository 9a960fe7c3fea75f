namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Specifies the kind of a step in a selector.</summary>
internal enum PathStepKind
{
    Property,
    AnyProperty,
    Element,
    AnyElement,
}
