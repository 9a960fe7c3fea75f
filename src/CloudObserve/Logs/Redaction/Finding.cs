namespace CloudObserve.Logs.Redaction;

/// <summary>A piece of a text that is to be replaced.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="Kind">What it is, as the marker says it.</param>
/// <param name="Quotes">What to put around the marker, because the piece has no quotes of its own: a number, an array or an object.</param>
internal readonly record struct Finding(int Start, int End, string Kind, QuoteToken Quotes = default);
