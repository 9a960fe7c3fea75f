namespace CloudObserve.Filters.Patterns.Json;

/// <summary>Represents the location of a scalar or a name in the event.</summary>
/// <remarks>For a string it is the content between the quotation marks.</remarks>
internal readonly record struct JsonToken(FilterValueKind Kind, int Start, int Length, bool IsEscaped)
{
    internal ReadOnlySpan<byte> Of(ReadOnlySpan<byte> utf8) => utf8.Slice(Start, Length);
}
