using System.Buffers;

namespace CloudObserve.Logs.Formatting;

/// <summary>Writes an event's JSON shorter.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class JsonEventShortener
{
    // A cut string ends in an ellipsis, three bytes of UTF-8.
    private const int EllipsisBytes = 3;

    private readonly Utf8Buffer _json = new();

    private static ReadOnlySpan<byte> Mark => "\"truncated\":true"u8;

    private static ReadOnlySpan<byte> Ellipsis => "\u2026"u8;

    internal void Write(ReadOnlySpan<byte> eventText, JsonEventScan scan, int limit, IBufferWriter<byte> output)
    {
        _json.CutTo(0);
        int excess = eventText.Length + MarkBytes(scan) - limit;
        if (TryFindCap(scan.Strings, false, excess, out int cap))
        {
            WriteCapped(eventText, scan, cap, int.MaxValue);
        }
        else if (TryFindCap(scan.Strings, true, excess, out cap))
        {
            WriteCapped(eventText, scan, EllipsisBytes, cap);
        }
        else
        {
            WriteMembers(eventText, scan, limit);
        }

        output.Write(_json.Written);
    }

    private static int MarkBytes(JsonEventScan scan) => scan.IsMarked ? 0
        : scan.FalseMark.Length > 0 ? "true".Length - scan.FalseMark.Length
        : Mark.Length + ",".Length;

    /// <summary>Finds the greatest length to which strings can be cut so that enough is saved. Strings already shorter stay whole: the longest pay first.</summary>
    /// <param name="strings">All strings.</param>
    /// <param name="alsoKept">Whether the kept ones are cut to that length, after the others have given all they have.</param>
    /// <param name="excess">How many bytes must be saved.</param>
    /// <param name="cap">The length, ellipsis included.</param>
    private static bool TryFindCap(List<JsonEventScan.Piece> strings, bool alsoKept, int excess, out int cap)
    {
        int low = EllipsisBytes;
        int high = int.MaxValue;
        cap = EllipsisBytes;
        if (Saved(strings, alsoKept, low) < excess)
        {
            return false;
        }

        while (high - low > 1)
        {
            int middle = low + ((high - low) / 2);
            (low, high) = Saved(strings, alsoKept, middle) >= excess ? (middle, high) : (low, middle);
        }

        cap = low;
        return true;
    }

    private static long Saved(List<JsonEventScan.Piece> strings, bool alsoKept, int cap)
    {
        long saved = 0;
        foreach (JsonEventScan.Piece piece in strings)
        {
            int own = !alsoKept ? (piece.IsKept ? int.MaxValue : cap) : piece.IsKept ? cap : EllipsisBytes;
            saved += Math.Max(piece.Length - own, 0);
        }

        return saved;
    }

    private void WriteCapped(ReadOnlySpan<byte> eventText, JsonEventScan scan, int cap, int keptCap)
    {
        int position = 0;
        bool replaced = scan.FalseMark.Length == 0;
        foreach (JsonEventScan.Piece piece in scan.Strings)
        {
            if (!replaced && scan.FalseMark.Start < piece.Start)
            {
                ReplaceFalseMark(eventText, scan, ref position);
                replaced = true;
            }

            int own = piece.IsKept ? keptCap : cap;
            if (piece.Length > own)
            {
                _json.Append(eventText[position..piece.Start]);
                AppendCut(eventText.Slice(piece.Start, piece.Length), own);
                position = piece.End;
            }
        }

        if (!replaced)
        {
            ReplaceFalseMark(eventText, scan, ref position);
        }

        _json.Append(eventText[position..scan.End]);
        if (!scan.IsMarked && scan.FalseMark.Length == 0)
        {
            _json.Append((byte)',');
            _json.Append(Mark);
        }

        _json.Append(eventText[scan.End..]);
    }

    private void ReplaceFalseMark(ReadOnlySpan<byte> eventText, JsonEventScan scan, ref int position)
    {
        _json.Append(eventText[position..scan.FalseMark.Start]);
        _json.Append("true"u8);
        position = scan.FalseMark.End;
    }

    /// <summary>The last resort, for an event that is mostly names, numbers or structure: whole members as long as there is room, the kept ones first.</summary>
    private void WriteMembers(ReadOnlySpan<byte> eventText, JsonEventScan scan, int limit)
    {
        _json.Append((byte)'{');
        for (int pass = 0; pass < 2; pass++)
        {
            foreach (JsonEventScan.Piece member in scan.Members)
            {
                if (member.IsKept == (pass == 0))
                {
                    // The mark and the closing brace have their room reserved, and a comma stands before the mark.
                    int room = limit - _json.Length - Mark.Length - 2;
                    AppendMember(eventText.Slice(member.Start, member.Length), member.IsString, room);
                }
            }
        }

        _json.Append(Mark);
        _json.Append((byte)'}');
    }

    private void AppendMember(ReadOnlySpan<byte> member, bool isString, int room)
    {
        if (member.Length <= room)
        {
            _json.Append(member);
            _json.Append((byte)',');
            return;
        }

        // The value of a member that is a string begins at the quote that the name, a colon and blanks come before.
        int value = isString ? ValueStart(member) : -1;

        // A long string takes half of what is left, so that those behind it get something too.
        int kept = (room / 2) - value - 1;
        if (value > 0 && kept >= EllipsisBytes)
        {
            _json.Append(member[..value]);
            AppendCut(member[value..^1], kept);
            _json.Append("\","u8);
        }
    }

    private static int ValueStart(ReadOnlySpan<byte> member)
    {
        int colon = 1;
        while (member[colon] != '"')
        {
            colon += member[colon] == '\\' ? 2 : 1;
        }

        return member[(colon + 1)..].IndexOf((byte)'"') + colon + 2;
    }

    /// <summary>Writes the beginning of an escaped string, cut neither inside a character nor inside an escape, and an ellipsis.</summary>
    private void AppendCut(ReadOnlySpan<byte> escaped, int cap)
    {
        int keep = EventShortener.Utf8Boundary(escaped, cap - EllipsisBytes);
        int position = 0;
        while (true)
        {
            int escape = escaped[position..keep].IndexOf((byte)'\\');
            if (escape < 0)
            {
                break;
            }

            position += escape;
            int end = position + EscapeLength(escaped[position..]);
            if (end > keep)
            {
                keep = position;
                break;
            }

            position = end;
        }

        _json.Append(escaped[..keep]);
        _json.Append(Ellipsis);
    }

    // Both halves of a character beyond the first 65,536 belong together.
    private static int EscapeLength(ReadOnlySpan<byte> escape)
    {
        const int Short = 2;
        const int Unicode = 6;
        if (escape[1] != 'u')
        {
            return Short;
        }

        bool high = (escape[2] | 0x20) == 'd' && (escape[3] | 0x20) is '8' or '9' or 'a' or 'b';
        return high && escape.Length >= 2 * Unicode && escape[Unicode] == '\\' && escape[Unicode + 1] == 'u' ? 2 * Unicode : Unicode;
    }
}
