namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>What to take from an event that matches.</summary>
internal abstract record CaptureSyntax;
