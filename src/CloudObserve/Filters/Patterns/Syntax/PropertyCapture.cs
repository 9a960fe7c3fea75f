namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Takes a property, such as <c>$.latency</c>.</summary>
internal sealed record PropertyCapture(JsonPath Path) : CaptureSyntax;
