using System.Buffers;
using System.Text.Json;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Reads scalars and lists of AWS JSON. JSON's <c>null</c> means that the member is absent.</summary>
internal static class WireJson
{
    internal static string? ReadString(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Null => null,
            _ => throw Unexpected(in reader, "a string"),
        };
    }

    /// <summary>Reads a string as UTF-8 of its own, without JSON's escapes.</summary>
    internal static byte[]? ReadUtf8(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.String)
        {
            throw Unexpected(in reader, "a string");
        }

        // Escapes only ever take more room than what they stand for.
        byte[] scratch = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            return scratch[..reader.CopyString(scratch)];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    internal static long? ReadWholeNumber(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number) ? number : throw Unexpected(in reader, "a whole number");
    }

    internal static bool? ReadFlag(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.Null => null,
            _ => throw Unexpected(in reader, "true or false"),
        };
    }

    internal static double? ReadNumber(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? null : Number(in reader);
    }

    internal static List<double>? ReadNumbers(ref Utf8JsonReader reader)
    {
        if (!EnterArray(ref reader))
        {
            return null;
        }

        List<double> numbers = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            numbers.Add(Number(in reader));
        }

        return numbers;
    }

    internal static List<string>? ReadStrings(ref Utf8JsonReader reader)
    {
        if (!EnterArray(ref reader))
        {
            return null;
        }

        List<string> strings = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            strings.Add(reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw Unexpected(in reader, "a string"));
        }

        return strings;
    }

    /// <summary>Moves to a list's start. False when the member is <c>null</c>.</summary>
    internal static bool EnterArray(ref Utf8JsonReader reader) => Enter(ref reader, JsonTokenType.StartArray, "a list");

    /// <summary>Moves to an object's start. False when the member is <c>null</c>.</summary>
    internal static bool EnterObject(ref Utf8JsonReader reader) => Enter(ref reader, JsonTokenType.StartObject, "a structure");

    /// <summary>Moves to the next list item, which must be an object. False at the list's end.</summary>
    internal static bool NextItem(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.EndArray => false,
            JsonTokenType.StartObject => true,
            _ => throw Unexpected(in reader, "a structure"),
        };
    }

    /// <summary>Reads a list of objects; <see langword="null"/> when the member is <c>null</c>.</summary>
    /// <param name="reader">Stands on the member's name.</param>
    /// <param name="readItem">Reads one object, on whose opening brace the reader stands.</param>
    /// <param name="max">How many there may be.</param>
    /// <param name="tooMany">What is thrown when there are more.</param>
    internal static List<T>? ReadItems<T>(
        ref Utf8JsonReader reader, WireReader<T> readItem, int max = int.MaxValue, Func<CloudWatchException>? tooMany = null)
    {
        if (!EnterArray(ref reader))
        {
            return null;
        }

        List<T> items = [];
        while (NextItem(ref reader))
        {
            if (items.Count == max)
            {
                throw tooMany!();
            }

            items.Add(readItem(ref reader));
        }

        return items;
    }

    /// <summary>Reads the members of the object that the reader is in, up to its end.</summary>
    internal static void ReadMembers<T>(ref Utf8JsonReader reader, T owner, WireMember<T> readMember)
    {
        while (NextMember(ref reader))
        {
            readMember(ref reader, owner);
        }
    }

    /// <summary>Moves to the next member's name. False at the object's end.</summary>
    internal static bool NextMember(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    private static bool Enter(ref Utf8JsonReader reader, JsonTokenType start, string what)
    {
        reader.Read();
        return reader.TokenType == start || (reader.TokenType == JsonTokenType.Null ? false : throw Unexpected(in reader, what));
    }

    private static double Number(in Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.GetDouble(),
        // AWS JSON writes what JSON has no number for as strings. They must get as far as the check of the range, which names the member.
        JsonTokenType.String when reader.ValueTextEquals("NaN"u8) => double.NaN,
        JsonTokenType.String when reader.ValueTextEquals("Infinity"u8) => double.PositiveInfinity,
        JsonTokenType.String when reader.ValueTextEquals("-Infinity"u8) => double.NegativeInfinity,
        _ => throw Unexpected(in reader, "a number"),
    };

    private static CloudWatchException Unexpected(in Utf8JsonReader reader, string wanted) =>
        ErrorCodes.Malformed($"Found {reader.TokenType} before byte {reader.BytesConsumed} where {wanted} was expected.");
}
