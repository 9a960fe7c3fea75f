using System.Runtime.InteropServices;
using System.Text.Json;

namespace CloudObserve.Logs.Formatting;

/// <summary>Parses an event's JSON to a tree of locations, so that it can be shortened.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class JsonEventScan
{
    private const int MaxDepth = 1000;

    // An event cannot contain more values, because each takes at least two bytes. List items beyond the limit are omitted, but object
    // members are not, so that one huge list does not displace the members after it.
    private const int MaxNodes = EventShortener.MaxEventBytes / 2;

    // Memory for more nodes than this is released after the event.
    private const int MaxKeptNodes = 16 * 1024;

    private readonly List<Node> _nodes = [];
    private readonly Stack<int> _open = new();

    internal enum NodeKind : byte
    {
        Scalar,
        String,
        Object,
        Array,
    }

    /// <summary>Gets the values in the order in which they begin: the root object first, and each value before its content.</summary>
    internal ReadOnlySpan<Node> Nodes => CollectionsMarshal.AsSpan(_nodes);

    /// <summary>Parses the event; returns <see langword="false"/> if it is not one JSON object.</summary>
    internal bool TryRead(ReadOnlySpan<byte> eventText)
    {
        _nodes.Clear();
        _open.Clear();
        if (_nodes.Capacity > MaxKeptNodes)
        {
            _nodes.Capacity = 0;
        }

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
            // The text is not valid JSON.
            return false;
        }
    }

    private void Read(ReadOnlySpan<byte> eventText)
    {
        Utf8JsonReader reader = new(eventText, new JsonReaderOptions { MaxDepth = MaxDepth });
        int start = -1;
        bool isKept = false;
        bool isMark = false;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                start = (int)reader.TokenStartIndex;
                if (reader.CurrentDepth == 1)
                {
                    isKept = IsKept(ref reader);
                    isMark = reader.ValueTextEquals("truncated"u8);
                }
            }
            else if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                Close((int)reader.BytesConsumed);
            }
            else
            {
                int valueStart = (int)reader.TokenStartIndex;
                NodeKind kind = KindOf(reader.TokenType);
                bool isMember = reader.CurrentDepth == 1;
                Open(new Node(start < 0 ? valueStart : start, valueStart, (int)reader.BytesConsumed, _nodes.Count + 1, kind, isMember
                    && isKept, isMember && isMark));
                start = -1;
            }
        }
    }

    private static NodeKind KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => NodeKind.Object,
        JsonTokenType.StartArray => NodeKind.Array,
        JsonTokenType.String => NodeKind.String,
        _ => NodeKind.Scalar,
    };

    private void Open(Node node)
    {
        bool isTaken = !_open.TryPeek(out int parent)
            || (parent >= 0 && (_nodes[parent].Kind == NodeKind.Object || _nodes.Count < MaxNodes));
        if (node.IsContainer)
        {
            _open.Push(isTaken ? _nodes.Count : -1);
        }

        if (isTaken)
        {
            _nodes.Add(node);
        }
    }

    private void Close(int end)
    {
        int index = _open.Pop();
        if (index >= 0)
        {
            _nodes[index] = _nodes[index] with { End = end, Next = _nodes.Count };
        }
    }

    // The members that identify an event, and those of an embedded metric document, whose metric names must not change.
    private static bool IsKept(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("timestamp"u8) || reader.ValueTextEquals("level"u8) || reader.ValueTextEquals("category"u8)
        || reader.ValueTextEquals("eventId"u8) || reader.ValueTextEquals("eventName"u8) || reader.ValueTextEquals("template"u8)
        || reader.ValueTextEquals("traceId"u8) || reader.ValueTextEquals("spanId"u8) || reader.ValueTextEquals("_aws"u8);

    /// <summary>Represents a value in the event's text.</summary>
    /// <param name="Start">The index at which it begins, including its name if it is a member.</param>
    /// <param name="ValueStart">The index at which the value itself begins.</param>
    /// <param name="End">The index after the value.</param>
    /// <param name="Next">The index of the first node after the content of this one.</param>
    /// <param name="Kind">The kind of the value.</param>
    /// <param name="IsKept">Whether it is a member of the root that is kept as long as anything else can be removed.</param>
    /// <param name="IsMark">Whether it is the member of the root that marks a truncated event.</param>
    internal readonly record struct Node(int Start, int ValueStart, int End, int Next, NodeKind Kind, bool IsKept, bool IsMark)
    {
        internal int ValueLength => End - ValueStart;

        internal bool IsContainer => Kind is NodeKind.Object or NodeKind.Array;
    }
}
