using CloudObserve.LogEvents.Text;
using CloudObserve.Logs.Capture;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Logs.Formatting;

/// <summary>Caches the part after the timestamp that is the same for all events of one call: level, category and event id.</summary>
/// <remarks>The cache has a fixed size. If the slot of a call is taken by another call, the part is written anew each time.</remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class JsonPrefixCache
{
    private const int Places = 1024;

    private readonly Head?[] _heads = new Head?[Places];
    private readonly Utf8Buffer _scratch = new();

    internal void Append(Utf8Buffer output, in LogEvent logEvent)
    {
        HeadKey key = new(logEvent.InternedCategory, logEvent.InternedEventName, logEvent.EventId, logEvent.Level);
        bool isConstant = key.Category is not null && (key.EventName is not null || !logEvent.HasEventName);
        ref Head? place = ref _heads[key.Place & (Places - 1)];
        if (!isConstant || (place is not null && place.Key != key))
        {
            Write(output, in logEvent);
            return;
        }

        place ??= Make(key, in logEvent);
        output.AppendBlocks(place.Padded, place.Length);
    }

    private Head Make(HeadKey key, in LogEvent logEvent)
    {
        _scratch.CutTo(0);
        Write(_scratch, in logEvent);
        return new Head(key, [.. _scratch.Written, .. new byte[Utf8Buffer.BlockBytes]], _scratch.Length);
    }

    private static void Write(Utf8Buffer output, in LogEvent logEvent)
    {
        output.Append(",\"level\":\""u8);
        output.Append(LevelText.Of(logEvent.Level));
        output.Append("\",\"category\":"u8);
        InternedString.AppendQuoted(output, logEvent.InternedCategory, logEvent.Utf8Category);
        if (logEvent.EventId != 0)
        {
            output.Append(",\"eventId\":"u8);
            output.Append(logEvent.EventId);
        }

        if (logEvent.HasEventName)
        {
            output.Append(",\"eventName\":"u8);
            InternedString.AppendQuoted(output, logEvent.InternedEventName, logEvent.Utf8EventName);
        }
    }

    // Interned texts are unique, so they are compared by reference.
    private readonly record struct HeadKey(InternedString? Category, InternedString? EventName, int EventId, LogLevel Level)
    {
        internal int Place => ((((Category?.Id ?? 0) * 31) + (EventName?.Id ?? 0)) * 31 + EventId) * 7 + (int)Level;
    }

    private sealed record Head(HeadKey Key, byte[] Padded, int Length);
}
