using System.Buffers;

namespace CloudObserve.Logs.Formatting;

/// <summary>Makes the text of an event that is over the limit fit, so that it still says what it can and JSON is still JSON.</summary>
/// <remarks>
/// Of JSON the largest values are shortened first, strings as well as objects and lists; level, template, trace ids and what else identifies the event stay as long as there is
/// any other way. Other text is cut at its end. Neither is ever cut inside a character.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class EventShortener
{
    /// <summary>CloudWatch Logs: a batch is at most 1,048,576 bytes, of which each event takes 26 beside its text.</summary>
    internal const int MaxEventBytes = 1_048_576 - 26;

    /// <summary>The smallest limit that can be kept, which is that of an event saying only that it was cut.</summary>
    internal const int MinLimit = 18;

    private readonly JsonEventScan _scan = new();
    private readonly JsonEventShortener _json = new();

    private static ReadOnlySpan<byte> TextMark => " [truncated]"u8;

    /// <summary>Writes the event so that it takes at most so many bytes.</summary>
    internal void Shorten(ReadOnlySpan<byte> eventText, int limit, IBufferWriter<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, MinLimit);
        if (eventText.Length <= limit)
        {
            output.Write(eventText);
        }
        else if (_scan.TryRead(eventText))
        {
            _json.Write(eventText, _scan, limit, output);
        }
        else
        {
            output.Write(eventText[..Utf8Boundary(eventText, limit - TextMark.Length)]);
            output.Write(TextMark);
        }
    }

    /// <summary>Gives the last place, not behind the one given, where a character begins.</summary>
    internal static int Utf8Boundary(ReadOnlySpan<byte> utf8, int place)
    {
        // A character has at most three bytes behind its first; more of them in a row is no UTF-8, which has no characters to save.
        int lowest = Math.Max(place - 3, 0);
        int boundary = place;
        while (boundary > lowest && IsContinuation(utf8[boundary]))
        {
            boundary--;
        }

        return IsContinuation(utf8[boundary]) ? place : boundary;
    }

    private static bool IsContinuation(byte b) => (b & 0xC0) == 0x80;
}
