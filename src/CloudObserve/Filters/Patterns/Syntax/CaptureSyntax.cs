namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Represents a selector of a value in a matching event.</summary>
internal abstract record CaptureSyntax;
