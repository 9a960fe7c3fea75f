using System.Buffers;
using CloudObserve.LogEvents.Text;

namespace CloudObserve.Logs.Formatting;

/// <summary>Writes a shortened form of an event's JSON.</summary>
/// <remarks>
/// The available size is distributed from the root down. Among the values of one object or list the largest are shortened first: all are
/// limited to the largest size at which everything fits, and smaller values are kept whole. A string is truncated at its end; an object or
/// list distributes its size among its own values. If there are so many values that even small ones do not fit, the first ones are kept.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class JsonEventShortener
{
    // A truncated string ends with an ellipsis, which has three bytes in UTF-8, and has two quotation marks.
    private const int EllipsisBytes = 3;
    private const int MinString = EllipsisBytes + 2;
    private const int MinContainer = 2;

    // In bytes. Values up to this size are not shortened while other values can be omitted.
    private const int SmallValue = 64;
    private const int Unlimited = int.MaxValue;

    private readonly Utf8Buffer _json = new();

    private static ReadOnlySpan<byte> Mark => "\"truncated\":true"u8;

    private static ReadOnlySpan<byte> Ellipsis => "\u2026"u8;

    internal void Write(ReadOnlySpan<byte> eventText, JsonEventScan scan, int limit, IBufferWriter<byte> output)
    {
        _json.Trim();
        _json.Append((byte)'{');

        // Besides the members there are the braces and the mark. Each member is followed by a comma, including the last one.
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

        // The last value has no comma after it.
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

    /// <summary>Finds the largest size to which values can be limited so that all fit.</summary>
    /// <remarks>Smaller values are kept whole.</remarks>
    /// <param name="nodes">The values of the event.</param>
    /// <param name="parent">The object or list that contains the values.</param>
    /// <param name="room">The available bytes.</param>
    /// <param name="low">The smallest size to try.</param>
    /// <param name="keptCap">The size limit of values that are kept.</param>
    /// <param name="cap">The resulting size limit.</param>
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

    // Values to be kept are shortened only after all others have been shortened as far as possible.
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

    // Including its name and the comma after it.
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

    /// <summary>Writes values in order while there is space.</summary>
    /// <remarks>A value that does not fit is omitted, and later ones may still be written.</remarks>
    /// <returns>The remaining bytes.</returns>
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

    /// <summary>Writes the beginning of an escaped string and an ellipsis.</summary>
    /// <remarks>It is cut neither inside a character nor inside an escape.</remarks>
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

    // Both escapes of a surrogate pair must stay together.
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
