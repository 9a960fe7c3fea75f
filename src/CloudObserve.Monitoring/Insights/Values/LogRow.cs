using CloudObserve.Insights;

namespace CloudObserve.Monitoring.Insights.Values;

/// <summary>Represents an event, or a row that a command made, while it moves through a query.</summary>
/// <param name="slots">The number of values.</param>
internal sealed class LogRow(int slots)
{
    /// <summary>The timestamp of an event that has none.</summary>
    internal const long NoTimestamp = long.MinValue;

    private const int FixedBytes = 80;

    /// <summary>Gets the values. The binder of the query has given each name an index.</summary>
    internal LogValue[] Values { get; } = new LogValue[slots];

    /// <summary>Gets or sets the time of the event in milliseconds since 1970, or <see cref="NoTimestamp"/>.</summary>
    internal long Timestamp { get; set; } = NoTimestamp;

    /// <summary>Gets or sets the position in the order of arrival, which orders events of the same time.</summary>
    internal long Sequence { get; set; }

    /// <summary>Gets or sets the reader of the event; <see langword="null"/> if the row is no longer the reader's current event.</summary>
    internal ILogEventCursor? Cursor { get; set; }

    /// <summary>Gets the index of the pointer to the event, which is created when the row is kept; -1 if nobody wants it.</summary>
    internal int PointerSlot { get; init; } = -1;

    /// <summary>Gets the estimated memory of the row.</summary>
    internal long Bytes
    {
        get
        {
            long bytes = FixedBytes;
            foreach (ref readonly LogValue value in Values.AsSpan())
            {
                bytes += value.Bytes;
            }

            return bytes;
        }
    }

    /// <summary>Creates a copy that does not depend on the buffers of the reader.</summary>
    internal LogRow Keep()
    {
        LogRow copy = new(Values.Length) { Timestamp = Timestamp, Sequence = Sequence };
        for (int i = 0; i < Values.Length; i++)
        {
            copy.Values[i] = Values[i].Kept();
        }

        if (PointerSlot >= 0 && Cursor is { } cursor)
        {
            copy.Values[PointerSlot] = LogValue.From(cursor.GetPointer());
        }

        return copy;
    }
}
