using System.Buffers;
using CloudObserve.Contracts;

namespace CloudObserve.Logs.Formatting;

/// <summary>Shortens the text of an event that exceeds the limit.</summary>
/// <remarks>
/// JSON stays valid JSON. In JSON the largest values are shortened first, both strings and containers. Level, template, trace ids and other
/// members that identify the event are kept as long as anything else can be shortened. Other text is truncated at its end. No text is cut
/// inside a character.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class EventShortener
{
    /// <summary>The CloudWatch Logs limit of an event, in bytes.</summary>
    /// <remarks>A batch has at most 1,048,576 bytes, and each event counts 26 bytes in addition to its text.</remarks>
    internal const int MaxEventBytes = ServiceLimits.PutLogEvents.MaxMessageBytes;

    /// <summary>The smallest limit, in bytes.</summary>
    /// <remarks>An event that contains only the truncation mark has this size.</remarks>
    internal const int MinLimit = 18;

    private readonly JsonEventScan _scan = new();
    private readonly JsonEventShortener _json = new();

    private static ReadOnlySpan<byte> TextMark => " [truncated]"u8;

    /// <summary>Writes the event with at most the given number of bytes.</summary>
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

    /// <summary>Returns the last index, not after the given one, at which a character begins.</summary>
    internal static int Utf8Boundary(ReadOnlySpan<byte> utf8, int place)
    {
        // A UTF-8 character has at most three continuation bytes. More of them in a row are not UTF-8, so there is no character to
        // preserve.
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
