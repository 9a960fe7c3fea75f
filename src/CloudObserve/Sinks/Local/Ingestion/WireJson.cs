using System.Buffers;
using System.Text.Json;
using CloudObserve.Local;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Reads values and lists of AWS JSON, where <c>null</c> means that the member is absent.</summary>
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

    /// <summary>Reads a string as a new array of UTF-8 bytes, with JSON escapes decoded.</summary>
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

        // An escape is always longer than the character it stands for.
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

        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number)
            ? number : throw Unexpected(in reader, "a whole number");
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

    /// <summary>Moves to the start of a list. Returns false if the member is <c>null</c>.</summary>
    internal static bool EnterArray(ref Utf8JsonReader reader) => Enter(ref reader, JsonTokenType.StartArray, "a list");

    /// <summary>Moves to the start of an object. Returns false if the member is <c>null</c>.</summary>
    internal static bool EnterObject(ref Utf8JsonReader reader) => Enter(ref reader, JsonTokenType.StartObject, "a structure");

    /// <summary>Moves to the next list item, which must be an object. Returns false at the end of the list.</summary>
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

    /// <summary>Reads a list of objects, or returns <see langword="null"/> if the member is <c>null</c>.</summary>
    /// <param name="reader">The reader, at the member's name.</param>
    /// <param name="readItem">Reads one object. The reader is at its opening brace.</param>
    /// <param name="max">The maximum number of items.</param>
    /// <param name="tooMany">Creates the exception for a longer list.</param>
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

    /// <summary>Reads the remaining members of the current object.</summary>
    internal static void ReadMembers<T>(ref Utf8JsonReader reader, T owner, WireMember<T> readMember)
    {
        while (NextMember(ref reader))
        {
            readMember(ref reader, owner);
        }
    }

    /// <summary>Moves to the next member's name. Returns false at the end of the object.</summary>
    internal static bool NextMember(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    private static bool Enter(ref Utf8JsonReader reader, JsonTokenType start, string what)
    {
        reader.Read();
        return reader.TokenType == start || (reader.TokenType == JsonTokenType.Null ? false : throw Unexpected(in reader, what));
    }

    private static double Number(in Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.GetDouble(),
        // AWS JSON writes numbers that JSON cannot express as strings. They must reach the range check, whose message names the member.
        JsonTokenType.String when reader.ValueTextEquals("NaN"u8) => double.NaN,
        JsonTokenType.String when reader.ValueTextEquals("Infinity"u8) => double.PositiveInfinity,
        JsonTokenType.String when reader.ValueTextEquals("-Infinity"u8) => double.NegativeInfinity,
        _ => throw Unexpected(in reader, "a number"),
    };

    private static CloudWatchException Unexpected(in Utf8JsonReader reader, string wanted) =>
        ErrorCodes.Malformed($"Found {reader.TokenType} before byte {reader.BytesConsumed} where {wanted} was expected.");
}
