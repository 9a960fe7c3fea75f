namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Selects a property, such as <c>$.latency</c>.</summary>
internal sealed record PropertyCapture(JsonPath Path) : CaptureSyntax;
