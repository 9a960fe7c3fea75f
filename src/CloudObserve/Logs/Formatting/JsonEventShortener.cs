using System.Buffers;

namespace CloudObserve.Logs.Formatting;

/// <summary>Writes an event's JSON shorter.</summary>
/// <remarks>
/// The room is shared out from the root down. Of the values of one object or list the largest pay first: all are cut to the greatest size that fits, and
/// those that are smaller stay whole. A string is cut at its end; an object or list shares its size out among its own values. Where there are so many values
/// that even small ones do not fit, those that come first stay.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class JsonEventShortener
{
    // A cut string ends in an ellipsis, three bytes of UTF-8, and has two quotes.
    private const int EllipsisBytes = 3;
    private const int MinString = EllipsisBytes + 2;
    private const int MinContainer = 2;

    // Values up to this size are not cut as long as others can be left out.
    private const int SmallValue = 64;
    private const int Unlimited = int.MaxValue;

    private readonly Utf8Buffer _json = new();

    private static ReadOnlySpan<byte> Mark => "\"truncated\":true"u8;

    private static ReadOnlySpan<byte> Ellipsis => "\u2026"u8;

    internal void Write(ReadOnlySpan<byte> eventText, JsonEventScan scan, int limit, IBufferWriter<byte> output)
    {
        _json.Trim();
        _json.Append((byte)'{');

        // Beside the members there are the braces and the mark; behind every member stands a comma, also behind the last.
        WriteRoot(eventText, scan.Nodes, limit - Mark.Length - 2);
        _json.Append(Mark);
        _json.Append((byte)'}');
        output.Write(_json.Written);
    }

    private void WriteRoot(ReadOnlySpan<byte> eventText, ReadOnlySpan<JsonEventScan.Node> nodes, int room)
    {
        if (TryFindCap(nodes, 0, room, SmallValue, Unlimited, out int cap) || TryFindCap(nodes, 0, room, 0, Unlimited, out cap))
        {
            WriteChildren(eventText, nodes, 0, cap, Unlimited);
        }
        else if (TryFindKeptCap(nodes, room, out cap))
        {
            WriteChildren(eventText, nodes, 0, 0, cap);
        }
        else
        {
            room = WriteFirst(eventText, nodes, 0, room, kept: true);
            _ = WriteFirst(eventText, nodes, 0, room, kept: false);
        }
    }

    private void WriteContainer(ReadOnlySpan<byte> eventText, ReadOnlySpan<JsonEventScan.Node> nodes, int index, int size)
    {
        bool isObject = nodes[index].Kind == JsonEventScan.NodeKind.Object;
        _json.Append(isObject ? (byte)'{' : (byte)'[');
        int start = _json.Length;

        // There is no comma behind the last value.
        int room = size - MinContainer + 1;
        if (TryFindCap(nodes, index, room, SmallValue, Unlimited, out int cap))
        {
            WriteChildren(eventText, nodes, index, cap, Unlimited);
        }
        else
        {
            _ = WriteFirst(eventText, nodes, index, room, kept: false);
        }

        if (_json.Length > start)
        {
            _json.CutTo(_json.Length - 1);
        }

        _json.Append(isObject ? (byte)'}' : (byte)']');
    }

    /// <summary>Finds the greatest size to which values can be cut so that all fit. Values already smaller stay whole.</summary>
    /// <param name="nodes">The event.</param>
    /// <param name="parent">The object or list whose values they are.</param>
    /// <param name="room">How many bytes they may take.</param>
    /// <param name="low">The least size.</param>
    /// <param name="keptCap">The size of values that are to stay.</param>
    /// <param name="cap">The size.</param>
    private static bool TryFindCap(ReadOnlySpan<JsonEventScan.Node> nodes, int parent, int room, int low, int keptCap, out int cap)
    {
        cap = low;
        if (SizeOf(nodes, parent, low, keptCap) > room)
        {
            return false;
        }

        int high = Unlimited;
        while (high - cap > 1)
        {
            int middle = cap + ((high - cap) / 2);
            (cap, high) = SizeOf(nodes, parent, middle, keptCap) <= room ? (middle, high) : (cap, middle);
        }

        return true;
    }

    // Those that are to stay are cut after the others have given all they have.
    private static bool TryFindKeptCap(ReadOnlySpan<JsonEventScan.Node> nodes, int room, out int cap)
    {
        cap = 0;
        if (SizeOf(nodes, 0, 0, 0) > room)
        {
            return false;
        }

        int high = Unlimited;
        while (high - cap > 1)
        {
            int middle = cap + ((high - cap) / 2);
            (cap, high) = SizeOf(nodes, 0, 0, middle) <= room ? (middle, high) : (cap, middle);
        }

        return true;
    }

    private static long SizeOf(ReadOnlySpan<JsonEventScan.Node> nodes, int parent, int cap, int keptCap)
    {
        long size = 0;
        for (int child = parent + 1; child < nodes[parent].Next; child = nodes[child].Next)
        {
            size += nodes[child].IsMark ? 0 : SizeOf(nodes[child], nodes[child].IsKept ? keptCap : cap);
        }

        return size;
    }

    // With its name and the comma behind it.
    private static int SizeOf(in JsonEventScan.Node node, int cap)
    {
        int value = node.Kind switch
        {
            JsonEventScan.NodeKind.String => Math.Min(node.ValueLength, Math.Max(cap, MinString)),
            JsonEventScan.NodeKind.Scalar => node.ValueLength,
            _ => Math.Min(node.ValueLength, Math.Max(cap, MinContainer)),
        };
        return node.ValueStart - node.Start + value + 1;
    }

    private void WriteChildren(ReadOnlySpan<byte> eventText, ReadOnlySpan<JsonEventScan.Node> nodes, int parent, int cap, int keptCap)
    {
        for (int child = parent + 1; child < nodes[parent].Next; child = nodes[child].Next)
        {
            if (!nodes[child].IsMark)
            {
                WriteChild(eventText, nodes, child, nodes[child].IsKept ? keptCap : cap);
            }
        }
    }

    /// <summary>Writes the first values as long as there is room. One that does not fit is left out, and those behind it may.</summary>
    /// <returns>What is left of the room.</returns>
    private int WriteFirst(ReadOnlySpan<byte> eventText, ReadOnlySpan<JsonEventScan.Node> nodes, int parent, int room, bool kept)
    {
        for (int child = parent + 1; child < nodes[parent].Next; child = nodes[child].Next)
        {
            int cap = SizeOf(nodes[child], SmallValue) <= room ? SmallValue : 0;
            int size = SizeOf(nodes[child], cap);
            if (nodes[child].IsKept == kept && !nodes[child].IsMark && size <= room)
            {
                WriteChild(eventText, nodes, child, cap);
                room -= size;
            }
        }

        return room;
    }

    private void WriteChild(ReadOnlySpan<byte> eventText, ReadOnlySpan<JsonEventScan.Node> nodes, int index, int cap)
    {
        JsonEventScan.Node node = nodes[index];
        if (node.Kind == JsonEventScan.NodeKind.Scalar || node.ValueLength <= Math.Max(cap, MinContainer))
        {
            _json.Append(eventText[node.Start..node.End]);
        }
        else if (node.IsContainer)
        {
            _json.Append(eventText[node.Start..node.ValueStart]);
            WriteContainer(eventText, nodes, index, Math.Max(cap, MinContainer));
        }
        else if (node.ValueLength <= Math.Max(cap, MinString))
        {
            _json.Append(eventText[node.Start..node.End]);
        }
        else
        {
            _json.Append(eventText[node.Start..(node.ValueStart + 1)]);
            AppendCut(eventText[(node.ValueStart + 1)..(node.End - 1)], Math.Max(cap, MinString) - 2);
            _json.Append((byte)'"');
        }

        _json.Append((byte)',');
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
