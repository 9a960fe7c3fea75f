using System.Text;
using System.Text.Json;

namespace CloudObserve.Monitoring.Insights.Values;

/// <summary>Gets the parts of maps and lists.</summary>
internal static class JsonAccess
{
    /// <summary>Parses a text as a map, a list or a plain value.</summary>
    /// <returns>Missing if the text is not JSON.</returns>
    internal static LogValue Parse(in LogValue value)
    {
        if (value.Kind != LogValueKind.Text)
        {
            return value;
        }

        byte[] json = value.Utf8.ToArray();
        try
        {
            Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = 1_000 });
            _ = reader.Read();
            LogValue parsed = ValueAt(ref reader, json);
            while (reader.Read())
            {
                // The text must be valid to its end.
            }

            return parsed;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return LogValue.Missing;
        }
    }

    /// <summary>Gets the elements of a list.</summary>
    /// <returns><see langword="null"/> if the value is not a list.</returns>
    internal static List<LogValue>? Elements(in LogValue value)
    {
        if (!value.IsStructure || value.Utf8.IsEmpty || value.Utf8[0] != '[')
        {
            return null;
        }

        byte[] json = value.Utf8.ToArray();
        List<LogValue> elements = [];
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = 1_000 });
        _ = reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            elements.Add(ValueAt(ref reader, json));
        }

        return elements;
    }

    /// <summary>Writes a value as JSON.</summary>
    internal static byte[] Stringify(in LogValue value) => value.Kind switch
    {
        LogValueKind.Structure => value.Utf8.ToArray(),
        LogValueKind.Number => Encoding.UTF8.GetBytes(value.ToText()!),
        LogValueKind.Boolean => value.IsTrue ? "true"u8.ToArray() : "false"u8.ToArray(),
        LogValueKind.Missing => "null"u8.ToArray(),
        _ => Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(value.ToText()!)}\""),
    };

    /// <summary>Creates a list.</summary>
    internal static LogValue List(IEnumerable<LogValue> elements) =>
        LogValue.FromStructure([(byte)'[', .. elements.SelectMany((e, i) => i == 0 ? Stringify(e) : [(byte)',', .. Stringify(e)]),
            (byte)']']);

    /// <summary>Creates a map.</summary>
    internal static LogValue Map(IEnumerable<KeyValuePair<string, LogValue>> members) => LogValue.FromStructure(
        [(byte)'{', .. members.SelectMany((m, i) => Member(m, isFirst: i == 0)), (byte)'}']);

    private static byte[] Member(in KeyValuePair<string, LogValue> member, bool isFirst) =>
        [.. isFirst ? ReadOnlySpan<byte>.Empty : ","u8, .. Stringify(LogValue.From(member.Key)), (byte)':', .. Stringify(member.Value)];

    // Moves to the end of a map or a list.
    private static LogValue ValueAt(ref Utf8JsonReader reader, byte[] json)
    {
        int start = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                reader.Skip();
                return LogValue.FromStructure(json, start, (int)reader.BytesConsumed - start);
            case JsonTokenType.String:
                return LogValue.From(reader.GetString()!);
            case JsonTokenType.Number:
                return LogNumbers.TryParse(reader.ValueSpan, out double number) && !LogNumbers.LosesDigits(reader.ValueSpan, number)
                    ? LogValue.From(number)
                    : LogValue.FromText(reader.ValueSpan.ToArray());
            case JsonTokenType.True or JsonTokenType.False:
                return LogValue.From(reader.TokenType == JsonTokenType.True);
            default:
                return LogValue.Missing;
        }
    }
}
