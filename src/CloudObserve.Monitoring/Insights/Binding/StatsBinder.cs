using CloudObserve.Monitoring.Insights.Aggregates;
using CloudObserve.Monitoring.Insights.Language;
using CloudObserve.Monitoring.Insights.Stages;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Binding;

/// <summary>Binds a command <c>stats</c>.</summary>
/// <param name="before">The names before the command.</param>
/// <param name="settings">The settings of the execution.</param>
/// <param name="place">Describes a position of the query.</param>
internal sealed class StatsBinder(QueryScope before, QuerySettings settings, Func<int, string> place)
{
    private const int MaxTop = 10_000;

    private readonly List<(int Slot, RowFunction Value)> _computed = [];
    private readonly List<(string Name, int Slot)> _columns = [];

    /// <summary>Gets the names behind the command.</summary>
    internal QueryScope After { get; } = new(hasEvents: false);

    /// <summary>Gets the columns of the result, in the order of the query.</summary>
    internal IReadOnlyList<(string Name, int Slot)> Columns => _columns;

    /// <summary>Binds the command.</summary>
    internal GroupLayout Bind(QueryCommand.Stats stats)
    {
        if (stats.Aggregates.FirstOrDefault(static a => IsTop(a.Node)) is { } top)
        {
            return Top(stats, top, (QueryNode.Call)top.Node);
        }

        ExpressionBinder outer = new(before, settings, place);
        RowFunction[] keys = [.. stats.Keys.Select(key => outer.Bind(key.Node))];
        int[] keySlots = [.. keys.Select(_ => After.NewSlot())];
        // The results of the calls have the places behind the keys.
        for (int i = stats.Aggregates.SelectMany(static a => a.Node.All).OfType<QueryNode.Call>().Count(IsAggregate); i > 0; i--)
        {
            _ = After.NewSlot();
        }

        AggregateBinder aggregates = new(outer, settings.Memory);
        foreach (NamedExpression aggregate in stats.Aggregates)
        {
            BindColumn(aggregate, aggregates, stats.Keys, keySlots);
        }

        for (int i = 0; i < keys.Length; i++)
        {
            NameKey(stats.Keys[i], keySlots[i]);
        }

        return new GroupLayout { Keys = keys, Calls = aggregates.Calls, Columns = _computed, Slots = () => After.Count };
    }

    private static bool IsAggregate(QueryNode.Call call) => LogAggregateFunctions.Find(call.Name) is not null;

    private static bool IsTop(QueryNode node) =>
        node is QueryNode.Call call && call.Name.Equals("topk", StringComparison.OrdinalIgnoreCase);

    private void BindColumn(NamedExpression aggregate, AggregateBinder aggregates, IReadOnlyList<NamedExpression> keys, int[] keySlots)
    {
        aggregates.FieldsRead.Clear();
        ExpressionBinder inner = new(After, settings, place)
        {
            Calls = call => aggregates.Bind(call) is { } index ? row => row.Values[keySlots.Length + index] : null,
            Fields = field => EarlierColumn(field, keys, keySlots),
        };
        RowFunction value = inner.Bind(aggregate.Node);
        if (!aggregate.Node.All.Any(static node => node is QueryNode.Field || (node is QueryNode.Call call && IsAggregate(call))))
        {
            throw new QuerySyntaxException(
                aggregate.Node.Position, $"expected an aggregate function such as count(*) at {place(aggregate.Node.Position)}");
        }

        before.CheckNew(aggregate.Name, aggregate.Node.Position);
        bool isEmpty = aggregate.HasAlias && aggregates.FieldsRead.Contains(aggregate.Name);
        int slot = aggregate.HasAlias ? After.Define(aggregate.Name, aggregate.Node.Position) : After.Replace(aggregate.Name);
        // The service leaves a column empty whose name is that of the field it is computed from.
        _computed.Add((slot, isEmpty ? static _ => LogValue.Missing : value));
        _columns.Add((aggregate.Name, slot));
    }

    private RowFunction EarlierColumn(QueryNode.Field field, IReadOnlyList<NamedExpression> keys, int[] keySlots)
    {
        if (_columns.FindIndex(column => column.Name == field.Name) is >= 0 and var index)
        {
            int slot = _columns[index].Slot;
            return row => row.Values[slot];
        }

        for (int i = 0; i < keys.Count; i++)
        {
            if (keys[i].Name == field.Name)
            {
                int slot = keySlots[i];
                return row => row.Values[slot];
            }
        }

        throw new QuerySyntaxException(
            field.Position,
            $"unexpected symbol found {field.Name} at {place(field.Position)}: stats takes aggregate functions, their earlier aliases and its keys");
    }

    private void NameKey(NamedExpression key, int slot)
    {
        if (key.HasAlias)
        {
            before.CheckNew(key.Name, key.Node.Position);
        }

        After.NameSlot(key.Name, slot, key.HasAlias, key.Node.Position);
        _columns.Add((key.Name, slot));
        if (key.Node is QueryNode.Call { Arguments: [QueryNode.Period period] } call
            && call.Name.Equals("bin", StringComparison.OrdinalIgnoreCase))
        {
            After.Bin = (slot, period.Value);
        }
        else
        {
            After.OtherKeys.Add(slot);
        }
    }

    private GroupLayout Top(QueryCommand.Stats stats, NamedExpression top, QueryNode.Call call)
    {
        if (stats.Aggregates.Count > 1 || stats.Keys.Count > 0)
        {
            throw new QuerySyntaxException(call.Position, "topk stands alone in stats, without other functions and without by");
        }

        ExpressionBinder.CheckCount(call, 2, 2);
        if (call.Arguments[1] is not QueryNode.Constant { Value: { Kind: LogValueKind.Number, Number: >= 1 and <= MaxTop } count })
        {
            throw new QuerySyntaxException(call.Arguments[1].Position, $"topk takes a number of values from 1 to {MaxTop}");
        }

        RowFunction value = new ExpressionBinder(before, settings, place).Bind(call.Arguments[0]);
        QueryMemory memory = settings.Memory;
        _ = After.NewSlot();
        string name = call.Arguments[0] is QueryNode.Field field ? field.Name : "value";
        _columns.Add((name, After.Replace(name)));
        _columns.Add((top.Name, top.HasAlias ? After.Define(top.Name, call.Position) : After.Replace(top.Name)));
        return new GroupLayout
        {
            Keys = [],
            Calls = [(value, () => new DistinctAggregate(memory, static values => LogValue.From((double)values.Count)))],
            Columns = [.. _columns.Select(static column => (column.Slot, (RowFunction)(static _ => LogValue.Missing)))],
            Slots = () => After.Count,
            TopCount = (int)count.Number,
        };
    }
}
