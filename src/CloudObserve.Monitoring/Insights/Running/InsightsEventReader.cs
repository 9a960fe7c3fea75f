using System.Runtime.InteropServices;
using CloudObserve.Insights;
using CloudObserve.Monitoring.Insights.Binding;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Running;

/// <summary>Reads the fields of events that a query needs into a row.</summary>
internal sealed class InsightsEventReader
{
    private readonly List<(int Slot, Func<ILogEventCursor, LogValue> Read)> _system = [];
    private readonly JsonFieldReader? _json;
    private readonly int _message = -1;
    private byte[] _copy = [];

    internal InsightsEventReader(BoundQuery query)
    {
        List<(string Name, int Slot)> json = [];
        foreach ((string name, int slot) in query.Events.Discovered)
        {
            if (name == "@message")
            {
                _message = slot;
            }
            else if (!name.StartsWith('@') || name.StartsWith("@@", StringComparison.Ordinal))
            {
                json.Add((name, slot));
            }
            else if (name != "@ptr" || query.ReadsPointer)
            {
                _system.Add((slot, SystemField(name)));
            }
        }

        _json = json.Count == 0 ? null
            : new JsonFieldReader(json.Select(static field => field.Name), json.Select(static field => field.Slot));
        Row = new LogRow(query.Events.Count) { PointerSlot = query.PointerSlot ?? -1 };
    }

    /// <summary>Gets the row with the fields of the current event. It is the same for all events.</summary>
    internal LogRow Row { get; }

    /// <summary>Reads the fields of the current event.</summary>
    internal void Read(ILogEventCursor cursor, long? timestamp, long sequence)
    {
        (Row.Timestamp, Row.Sequence, Row.Cursor) = (timestamp ?? LogRow.NoTimestamp, sequence, cursor);
        ReadOnlyMemory<byte> message = cursor.Message;
        if (_message >= 0 || _json is not null)
        {
            if (!MemoryMarshal.TryGetArray(message, out ArraySegment<byte> segment))
            {
                segment = Copy(message);
            }

            _json?.Read(segment.Array!, segment.Offset, segment.Count, Row.Values);
            if (_message >= 0)
            {
                Row.Values[_message] = LogValue.FromText(segment.Array!, segment.Offset, segment.Count);
            }
        }

        foreach ((int slot, Func<ILogEventCursor, LogValue> read) in _system)
        {
            Row.Values[slot] = read(cursor);
        }
    }

    private static Func<ILogEventCursor, LogValue> SystemField(string name) => name switch
    {
        "@timestamp" => static cursor => Time(cursor.Timestamp),
        "@ingestionTime" => static cursor => Time(cursor.IngestionTime),
        "@logStream" => static cursor => LogValue.From(cursor.LogStreamName),
        "@log" => static cursor => LogValue.From(cursor.Log),
        "@ptr" => static cursor => LogValue.From(cursor.GetPointer()),
        _ => static _ => LogValue.Missing,
    };

    private static LogValue Time(DateTimeOffset? time) =>
        time is { } known ? LogValue.FromTime(known.ToUnixTimeMilliseconds()) : LogValue.Missing;

    private ArraySegment<byte> Copy(ReadOnlyMemory<byte> message)
    {
        if (_copy.Length < message.Length)
        {
            _copy = new byte[message.Length * 2];
        }

        message.Span.CopyTo(_copy);
        return new ArraySegment<byte>(_copy, 0, message.Length);
    }
}
