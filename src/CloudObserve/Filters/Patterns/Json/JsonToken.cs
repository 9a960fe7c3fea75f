namespace CloudObserve.Filters.Patterns.Json;

/// <summary>Where a scalar or a name stands in the event; of a string, what is between the quotation marks.</summary>
internal readonly record struct JsonToken(FilterValueKind Kind, int Start, int Length, bool IsEscaped)
{
    internal ReadOnlySpan<byte> Of(ReadOnlySpan<byte> utf8) => utf8.Slice(Start, Length);
}
