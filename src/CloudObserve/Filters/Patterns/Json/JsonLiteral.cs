namespace CloudObserve.Filters.Patterns.Json;

/// <summary>A text that some rules need.</summary>
/// <param name="Text">The text as it stands in an event that does not escape it.</param>
/// <param name="Rules">The rules, by their places.</param>
internal readonly record struct JsonLiteral(byte[] Text, ulong Rules);
