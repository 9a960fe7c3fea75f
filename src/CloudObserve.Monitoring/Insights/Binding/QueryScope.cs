using CloudObserve.Monitoring.Insights.Language;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Binding;

/// <summary>Gives an index to each name that a query uses, from the events or a <c>stats</c> to the next <c>stats</c>.</summary>
/// <param name="hasEvents">Whether the rows are events, whose fields are discovered by name.</param>
internal sealed class QueryScope(bool hasEvents)
{
    private readonly Dictionary<string, (int Slot, bool IsEphemeral)> _names = new(StringComparer.Ordinal);
    private readonly List<(string Name, int Slot)> _discovered = [];
    private readonly List<(string Name, int Slot)> _right = [];

    /// <summary>Gets a value indicating whether the rows are events.</summary>
    internal bool HasEvents => hasEvents;

    /// <summary>Gets the number of values of a row.</summary>
    internal int Count { get; private set; }

    /// <summary>Gets the fields that the query reads from events.</summary>
    internal IReadOnlyList<(string Name, int Slot)> Discovered => _discovered;

    /// <summary>Gets the columns that the query reads from the right side of a join.</summary>
    internal IReadOnlyList<(string Name, int Slot)> Right => _right;

    /// <summary>Gets or sets the names of the sides of a join.</summary>
    internal (string Left, string Right)? Sides { get; set; }

    /// <summary>Gets or sets the column with the start of the period, if the rows are grouped by <c>bin</c>.</summary>
    internal (int Slot, QueryPeriod Period)? Bin { get; set; }

    /// <summary>Gets the columns of the other keys of the groups.</summary>
    internal List<int> OtherKeys { get; } = [];

    internal int NewSlot() => Count++;

    /// <summary>Gives a name to a new value.</summary>
    /// <exception cref="QuerySyntaxException">The query has defined the name before.</exception>
    internal int Define(string name, int position)
    {
        CheckNew(name, position);
        int slot = NewSlot();
        _names[name] = (slot, true);
        return slot;
    }

    /// <summary>Gives the name of a field to a new value in its place.</summary>
    internal int Replace(string name)
    {
        int slot = NewSlot();
        _names[name] = (slot, false);
        return slot;
    }

    /// <summary>Gives a name to a value that has its index already.</summary>
    /// <exception cref="QuerySyntaxException">The query has defined the name before.</exception>
    internal void NameSlot(string name, int slot, bool isEphemeral, int position)
    {
        CheckNew(name, position);
        _names[name] = (slot, isEphemeral);
    }

    /// <summary>Checks that a name may be defined.</summary>
    /// <exception cref="QuerySyntaxException">The query has defined the name before.</exception>
    internal void CheckNew(string name, int position)
    {
        if (_names.TryGetValue(name, out (int Slot, bool IsEphemeral) known) && known.IsEphemeral)
        {
            throw new QuerySyntaxException(position, $"Ephemeral field is already defined: {name}");
        }
    }

    /// <summary>Gets whether a name was defined by the query.</summary>
    internal bool Defines(string name) => _names.TryGetValue(name, out (int Slot, bool IsEphemeral) known) && known.IsEphemeral;

    /// <summary>Gets the index of a name of a row that is no event.</summary>
    internal int? Column(string name) => !hasEvents && _names.TryGetValue(name, out (int Slot, bool IsEphemeral) known) ? known.Slot : null;

    /// <summary>Gets the index of a name that is a whole value.</summary>
    internal int? SlotOf(string name)
    {
        if (Sides is { } sides)
        {
            if (name.StartsWith($"{sides.Right}.", StringComparison.Ordinal))
            {
                return RightSlot(name[(sides.Right.Length + 1)..]);
            }

            name = name.StartsWith($"{sides.Left}.", StringComparison.Ordinal) ? name[(sides.Left.Length + 1)..] : name;
        }

        return _names.TryGetValue(name, out (int Slot, bool IsEphemeral) known) ? known.Slot
            : hasEvents && Owner(name) is null ? Discover(name)
            : null;
    }

    /// <summary>Gets the function that reads a name.</summary>
    internal RowFunction Resolve(string name)
    {
        if (SlotOf(name) is { } slot)
        {
            return row => row.Values[slot];
        }

        return Owner(name) is { } owner ? Part(row => row.Values[owner.Slot], owner.Path) : static _ => LogValue.Missing;
    }

    /// <summary>Creates a function that gets a part of a map or a list.</summary>
    internal static RowFunction Part(RowFunction of, string path)
    {
        JsonFieldReader reader = new([path], [0]);
        LogValue[] part = new LogValue[1];
        return row =>
        {
            LogValue value = of(row);
            if (!value.IsStructure)
            {
                return LogValue.Missing;
            }

            byte[] json = value.Utf8.ToArray();
            reader.Read(json, 0, json.Length, part, isMessage: false);
            return part[0];
        };
    }

    private int Discover(string name)
    {
        int slot = NewSlot();
        _names[name] = (slot, false);
        _discovered.Add((name, slot));
        return slot;
    }

    private int RightSlot(string name)
    {
        int index = _right.FindIndex(right => right.Name == name);
        if (index < 0)
        {
            index = _right.Count;
            _right.Add((name, NewSlot()));
        }

        return _right[index].Slot;
    }

    // The value of which a name with dots may be a part. A column of a result may have a map, too.
    private (int Slot, string Path)? Owner(string name)
    {
        for (int dot = name.LastIndexOf('.'); dot > 0; dot = name.LastIndexOf('.', dot - 1))
        {
            if (_names.TryGetValue(name[..dot], out (int Slot, bool IsEphemeral) known) && (known.IsEphemeral || !hasEvents))
            {
                return (known.Slot, name[(dot + 1)..]);
            }
        }

        return null;
    }
}
