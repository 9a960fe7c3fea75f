using System.Text.Json;

namespace CloudObserve.Logs.Formatting;

/// <summary>Finds in an event's JSON what can be shortened: its strings, and the members of the root object.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class JsonEventScan
{
    private const int MaxDepth = 1000;

    /// <summary>Gets the strings that are values, in order. Positions leave the quotes out.</summary>
    internal List<Piece> Strings { get; } = [];

    /// <summary>Gets the root object's members, in order, with their names.</summary>
    internal List<Piece> Members { get; } = [];

    /// <summary>Gets where the root object ends.</summary>
    internal int End { get; private set; }

    /// <summary>Gets whether the event says already that it was cut.</summary>
    internal bool IsMarked { get; private set; }

    /// <summary>Gets the value of a member that says otherwise; empty when there is none.</summary>
    internal Piece FalseMark { get; private set; }

    /// <summary>Reads the event; <see langword="false"/> when it is not one JSON object.</summary>
    internal bool TryRead(ReadOnlySpan<byte> eventText)
    {
        Strings.Clear();
        Members.Clear();
        IsMarked = false;
        FalseMark = default;
        if (eventText.IsEmpty || eventText[0] != '{')
        {
            return false;
        }

        try
        {
            Read(eventText);
            return true;
        }
        catch (JsonException)
        {
            // It only looked like JSON.
            return false;
        }
    }

    private void Read(ReadOnlySpan<byte> eventText)
    {
        Utf8JsonReader reader = new(eventText, new JsonReaderOptions { MaxDepth = MaxDepth });
        bool kept = false;
        int memberStart = 0;
        bool memberIsString = false;
        while (reader.Read())
        {
            if (reader is { CurrentDepth: 1, TokenType: JsonTokenType.PropertyName })
            {
                if (TryReadMark(ref reader))
                {
                    continue;
                }

                kept = IsKept(ref reader);
                memberStart = (int)reader.TokenStartIndex;
                memberIsString = false;
            }

            if (reader.TokenType == JsonTokenType.String)
            {
                Strings.Add(new Piece((int)reader.TokenStartIndex + 1, (int)(reader.BytesConsumed - reader.TokenStartIndex) - 2, kept, true));
                memberIsString = reader.CurrentDepth == 1;
            }

            if (reader.CurrentDepth == 1 && reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.StartObject or JsonTokenType.StartArray))
            {
                Members.Add(new Piece(memberStart, (int)reader.BytesConsumed - memberStart, kept, memberIsString));
            }
        }

        End = (int)reader.TokenStartIndex;
    }

    // The member that marks a cut event is neither a member to choose from nor, whatever is in it, a string to shorten.
    private bool TryReadMark(ref Utf8JsonReader reader)
    {
        if (!reader.ValueTextEquals("truncated"u8))
        {
            return false;
        }

        reader.Read();
        IsMarked = reader.TokenType == JsonTokenType.True;
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        FalseMark = IsMarked ? default : new Piece(start, (int)reader.BytesConsumed - start, true, false);
        return true;
    }

    // What identifies an event, and the metrics in one of the embedded metric format, whose names must stay what they are.
    private static bool IsKept(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("timestamp"u8) || reader.ValueTextEquals("level"u8) || reader.ValueTextEquals("category"u8)
        || reader.ValueTextEquals("eventId"u8) || reader.ValueTextEquals("eventName"u8) || reader.ValueTextEquals("template"u8)
        || reader.ValueTextEquals("traceId"u8) || reader.ValueTextEquals("spanId"u8) || reader.ValueTextEquals("_aws"u8);

    /// <summary>A part of the event's text.</summary>
    /// <param name="Start">Where it begins.</param>
    /// <param name="Length">How many bytes it takes.</param>
    /// <param name="IsKept">Whether it is to stay as long as anything else can go.</param>
    /// <param name="IsString">Whether it is a string, or a member whose value is one.</param>
    internal readonly record struct Piece(int Start, int Length, bool IsKept, bool IsString)
    {
        internal int End => Start + Length;
    }
}
