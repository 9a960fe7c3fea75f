namespace CloudObserve.LogEvents.Redaction;

/// <summary>Represents a part of a text that is to be replaced.</summary>
/// <param name="Start">The index at which it begins.</param>
/// <param name="End">The index after it.</param>
/// <param name="Kind">The kind, as written in the marker.</param>
/// <param name="Quotes">The quotation marks to add around the marker if the part has none: for a number, an array or an object.</param>
internal readonly record struct Finding(int Start, int End, string Kind, QuoteToken Quotes = default);
