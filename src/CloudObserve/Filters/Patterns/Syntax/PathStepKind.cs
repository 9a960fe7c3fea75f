namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>What a step of a selector takes.</summary>
internal enum PathStepKind
{
    Property,
    AnyProperty,
    Element,
    AnyElement,
}
