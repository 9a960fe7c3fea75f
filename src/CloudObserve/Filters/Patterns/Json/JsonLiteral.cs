namespace CloudObserve.Filters.Patterns.Json;

/// <summary>Represents a text that some rules need.</summary>
/// <param name="Text">The text as it stands in an event without escapes.</param>
/// <param name="Rules">The mask of the rules.</param>
internal readonly record struct JsonLiteral(byte[] Text, ulong Rules);
