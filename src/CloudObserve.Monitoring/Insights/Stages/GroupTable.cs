using System.Buffers.Text;
using System.Runtime.InteropServices;
using CloudObserve.Monitoring.Insights.Aggregates;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Stages;

/// <summary>Groups rows by the texts of their keys.</summary>
/// <param name="layout">What is computed.</param>
/// <param name="memory">The memory of the query.</param>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class GroupTable(GroupLayout layout, QueryMemory memory)
{
    private const int GroupBytes = 150;
    private const int AggregateBytes = 80;

    private readonly Dictionary<byte[], Group> _groups = new(Utf8Comparer.Instance);
    private readonly LogValue[] _keys = new LogValue[layout.Keys.Count];
    private byte[] _key = new byte[256];

    /// <summary>Adds a row to its group.</summary>
    internal void Add(LogRow row)
    {
        int length = Encode(row);
        Dictionary<byte[], Group>.AlternateLookup<ReadOnlySpan<byte>> lookup = _groups.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!lookup.TryGetValue(_key.AsSpan(0, length), out Group? group))
        {
            group = Create(length);
            _groups.Add(_key.AsSpan(0, length).ToArray(), group);
        }

        group.See(row.Timestamp, row.Sequence);
        for (int i = 0; i < group.Aggregates.Length; i++)
        {
            group.Aggregates[i].Add(layout.Calls[i].Argument(row), row);
        }
    }

    internal void Merge(GroupTable other)
    {
        foreach ((byte[] key, Group added) in other._groups)
        {
            if (!_groups.TryGetValue(key, out Group? group))
            {
                _groups.Add(key, added);
                continue;
            }

            group.See(added.First.Time, added.First.Sequence);
            for (int i = 0; i < group.Aggregates.Length; i++)
            {
                group.Aggregates[i].Merge(added.Aggregates[i]);
            }
        }
    }

    /// <summary>Gets a row for each group, in the order of the groups' first rows.</summary>
    internal List<LogRow> Rows(CancellationToken cancellationToken)
    {
        List<LogRow> rows = new(_groups.Count);
        foreach (Group group in _groups.Values.OrderBy(static group => group.First))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (layout.TopCount > 0)
            {
                AddTop(rows, (DistinctAggregate)group.Aggregates[0]);
                continue;
            }

            LogRow row = NewRow(rows);
            group.Keys.CopyTo(row.Values, 0);
            for (int i = 0; i < group.Aggregates.Length; i++)
            {
                row.Values[group.Keys.Length + i] = group.Aggregates[i].Result();
            }

            foreach ((int slot, RowFunction value) in layout.Columns)
            {
                row.Values[slot] = value(row);
            }
        }

        return rows;
    }

    private void AddTop(List<LogRow> rows, DistinctAggregate values)
    {
        foreach (DistinctValue value in values.Values.OrderByDescending(static value => value.Count).Take(layout.TopCount))
        {
            LogRow row = NewRow(rows);
            row.Values[layout.Columns[0].Slot] = LogValue.FromText(value.Text);
            row.Values[layout.Columns[1].Slot] = LogValue.From((double)value.Count);
        }
    }

    private LogRow NewRow(List<LogRow> rows)
    {
        LogRow row = new(layout.Slots()) { Sequence = rows.Count };
        rows.Add(row);
        return row;
    }

    private Group Create(int keyLength)
    {
        memory.Reserve(GroupBytes + (AggregateBytes * layout.Calls.Count) + (2L * keyLength), "groups");
        Group group = new([.. _keys.Select(static key => key.Kept())], new Aggregate[layout.Calls.Count]);
        for (int i = 0; i < group.Aggregates.Length; i++)
        {
            group.Aggregates[i] = layout.Calls[i].Create();
        }

        return group;
    }

    // Each key is its kind, its length and its bytes. A number and its text are the same key.
    private int Encode(LogRow row)
    {
        int position = 0;
        for (int i = 0; i < _keys.Length; i++)
        {
            LogValue value = layout.Keys[i](row);
            value = value.IsStructure ? LogValue.Missing : value;
            _keys[i] = value;
            position = value.Kind == LogValueKind.Time ? EncodeTime(value.Number, position)
                : value.Kind is LogValueKind.Number or LogValueKind.Boolean && value.Number == Math.Floor(value.Number)
                    && Math.Abs(value.Number) < 1e15 ? EncodeInteger((long)value.Number, position)
                : EncodeText(value, position);
        }

        return position;
    }

    private int EncodeTime(double time, int position)
    {
        Reserve(position + 1 + sizeof(double));
        _key[position] = 2;
        MemoryMarshal.Write(_key.AsSpan(position + 1), time);
        return position + 1 + sizeof(double);
    }

    private int EncodeInteger(long number, int position)
    {
        Reserve(position + 1 + sizeof(int) + 20);
        _ = Utf8Formatter.TryFormat(number, _key.AsSpan(position + 1 + sizeof(int)), out int length);
        _key[position] = 1;
        MemoryMarshal.Write(_key.AsSpan(position + 1), length);
        return position + 1 + sizeof(int) + length;
    }

    private int EncodeText(in LogValue value, int position)
    {
        ReadOnlySpan<byte> text = value.ToUtf8();
        Reserve(position + 1 + sizeof(int) + text.Length);
        _key[position] = value.IsMissing ? (byte)0 : (byte)1;
        MemoryMarshal.Write(_key.AsSpan(position + 1), text.Length);
        text.CopyTo(_key.AsSpan(position + 1 + sizeof(int)));
        return position + 1 + sizeof(int) + text.Length;
    }

    private void Reserve(int length)
    {
        if (_key.Length < length)
        {
            Array.Resize(ref _key, Math.Max(length, _key.Length * 2));
        }
    }

    private sealed class Group(LogValue[] keys, Aggregate[] aggregates)
    {
        internal LogValue[] Keys => keys;

        internal Aggregate[] Aggregates => aggregates;

        internal (long Time, long Sequence) First { get; private set; } = (long.MaxValue, long.MaxValue);

        internal void See(long time, long sequence)
        {
            if ((time, sequence).CompareTo(First) < 0)
            {
                First = (time, sequence);
            }
        }
    }
}
