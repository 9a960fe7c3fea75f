namespace CloudObserve.Monitoring.Insights.Binding;

/// <summary>Collects the columns of the result while the commands of a query are bound.</summary>
/// <remarks>
/// Columns of several <c>fields</c> add up, and <c>parse</c> adds its names. Of several <c>display</c>, the last one counts. A query of
/// events with none of them shows <c>@timestamp</c> and <c>@message</c>, and what other commands have added.
/// </remarks>
internal sealed class ResultColumns
{
    private readonly List<(string Name, int Slot)> _columns = [];
    private IReadOnlyList<(string Name, int Slot)>? _displayed;
    private bool _isChosen;

    /// <summary>Adds a column that the query asks for.</summary>
    internal void Choose(string name, int slot)
    {
        _isChosen = true;
        Add(name, slot);
    }

    /// <summary>Adds a column that a command makes.</summary>
    internal void Add(string name, int slot)
    {
        int known = _columns.FindIndex(column => column.Name == name);
        if (known >= 0)
        {
            _columns[known] = (name, slot);
        }
        else
        {
            _columns.Add((name, slot));
        }
    }

    internal void Display(IReadOnlyList<(string Name, int Slot)> columns) => _displayed = columns;

    /// <summary>Starts anew with the columns of <c>stats</c>.</summary>
    internal void Reset(IReadOnlyList<(string Name, int Slot)> columns)
    {
        _columns.Clear();
        _columns.AddRange(columns);
        (_displayed, _isChosen) = (null, true);
    }

    /// <summary>Gets the columns of the result.</summary>
    /// <param name="ofEvent">Gets the index of a field of events, for the columns of a query that asks for none.</param>
    internal IReadOnlyList<(string Name, int Slot)> Of(Func<string, int> ofEvent) => _displayed ?? (_isChosen
        ? _columns
        : [("@timestamp", ofEvent("@timestamp")), ("@message", ofEvent("@message")), .. _columns]);
}
