using CloudObserve.Insights;
using CloudObserve.Monitoring.Insights.Language;
using CloudObserve.Monitoring.Insights.Stages;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Binding;

/// <summary>Turns the commands of a query into steps, and checks what the parser cannot.</summary>
internal sealed partial class QueryBinder
{
    /// <summary>The number of rows of a query without a limit.</summary>
    internal const int DefaultLimit = 10_000;

    private const int MaxStats = 10;

    private readonly IReadOnlyList<QueryCommand> _commands;
    private readonly QuerySettings _settings;
    private readonly Func<int, string> _place;
    private readonly ResultColumns _columns = new();
    private readonly List<RowStage> _head = [];
    private readonly List<ListStage> _tail = [];
    private readonly List<string> _words = [];
    private readonly List<InnerQuery> _inner = [];
    private readonly QueryScope _events = new(hasEvents: true);
    private QueryScope _scope;
    private QueryScope? _joined;
    private RowCollector? _collector;
    private LogGroupSelection? _selection;
    private int _index;

    private QueryBinder(IReadOnlyList<QueryCommand> commands, QuerySettings settings, Func<int, string> place)
    {
        (_commands, _settings, _place) = (commands, settings, place);
        _scope = _events;
    }

    private bool IsHead => _collector is null;

    /// <summary>Binds a query.</summary>
    /// <exception cref="QuerySyntaxException">The query is invalid.</exception>
    internal static BoundQuery Bind(IReadOnlyList<QueryCommand> commands, QuerySettings settings, Func<int, string> place) =>
        new QueryBinder(commands, settings, place).Bind();

    private BoundQuery Bind()
    {
        CheckOrder();
        for (_index = 0; _index < _commands.Count; _index++)
        {
            BindCommand(_commands[_index]);
        }

        IReadOnlyList<(string Name, int Slot)> columns = _columns.Of(name => _events.SlotOf(name)!.Value);
        bool readsPointer = _events.Discovered.Any(static field => field.Name == "@ptr");
        int? pointer = _scope == _events ? _events.SlotOf("@ptr") : null;
        CollectRows();
        AddLimits();
        AddInner();
        return new BoundQuery
        {
            Events = _events,
            First = Chain(),
            Collector = _collector!,
            Tail = _tail,
            Columns = columns,
            PointerSlot = pointer,
            ReadsPointer = readsPointer,
            Selection = _selection,
            Words = _words,
            Inner = _inner,
        };
    }

    private void CheckOrder()
    {
        int lastStats = _commands.Select(static (command, i) => command is QueryCommand.Stats ? i : -1).Max();
        if (_commands.Take(Math.Max(0, lastStats)).FirstOrDefault(static c => c is QueryCommand.Sort or QueryCommand.Limit) is { } early)
        {
            string word = early is QueryCommand.Sort ? "sort" : "limit";
            throw new QuerySyntaxException(early.Position,
                $"unexpected symbol found {word} at {_place(early.Position)}: it must stand behind the last stats");
        }

        for (int i = 1; i < _commands.Count; i++)
        {
            if (_commands[i - 1] is QueryCommand.Dedup && _commands[i] is not QueryCommand.Limit)
            {
                throw Misplaced(_commands[i], "only limit may follow dedup");
            }

            if (_commands[i] is QueryCommand.Source && _commands[i - 1] is not QueryCommand.Source)
            {
                throw Misplaced(_commands[i], "SOURCE is the first command");
            }
        }

        if (_commands.OfType<QueryCommand.Stats>().Skip(MaxStats).FirstOrDefault() is { } tooMany)
        {
            throw Misplaced(tooMany, $"a query has at most {MaxStats} stats");
        }
    }

    private QuerySyntaxException Misplaced(QueryCommand command, string rule) =>
        new(command.Position, $"unexpected command at {_place(command.Position)}: {rule}");

    private void BindCommand(QueryCommand command)
    {
        switch (command)
        {
            case QueryCommand.Fields fields:
                BindFields(fields.Expressions);
                break;
            case QueryCommand.Unmask unmask:
                BindFields(unmask.Expressions);
                break;
            case QueryCommand.Display display:
                BindDisplay(display.Expressions);
                break;
            case QueryCommand.Filter filter:
                AddInnerOf(filter.Condition);
                AddRowStage(new FilterStage(Binder().Bind(filter.Condition)), "keeps the rows for which the condition is true");
                break;
            case QueryCommand.Stats stats:
                BindStats(stats);
                break;
            case QueryCommand.Sort sort:
                BindSort(sort);
                break;
            case QueryCommand.Limit limit:
                AddListStage(ListStages.Limit(limit.Count), $"takes the first {limit.Count} rows");
                break;
            case QueryCommand.Dedup dedup:
                int[] keys = [.. dedup.Keys.Select(key => Assigned(key, ((QueryNode.Field)key).Name))];
                AddListStage(ListStages.Dedup(keys), "keeps the first row of each value, and all rows without one");
                break;
            default:
                BindRareCommand(command);
                break;
        }
    }

    private ExpressionBinder Binder() => new(_scope, _settings, _place);

    private void BindFields(IReadOnlyList<NamedExpression> expressions)
    {
        List<(int, RowFunction)> assigned = [];
        foreach ((NamedExpression expression, RowFunction value) in expressions.Select(e => (e, Binder().Bind(e.Node))).ToArray())
        {
            AddInnerOf(expression.Node);
            if (expression.HasAlias)
            {
                int slot = _scope.Define(expression.Name, expression.Node.Position);
                assigned.Add((slot, value));
                _columns.Choose(expression.Name, slot);
                continue;
            }

            _scope.CheckNew(expression.Name, expression.Node.Position);
            _columns.Choose(expression.Name, SlotFor(expression, value, assigned));
        }

        AddAssignments(assigned);
    }

    private void BindDisplay(IReadOnlyList<NamedExpression> expressions)
    {
        List<(int, RowFunction)> assigned = [];
        List<(string, int)> columns = [];
        foreach ((NamedExpression expression, RowFunction value) in expressions.Select(e => (e, Binder().Bind(e.Node))).ToArray())
        {
            AddInnerOf(expression.Node);
            int slot = SlotFor(expression, value, assigned);
            if (expression.HasAlias)
            {
                _scope.NameSlot(expression.Name, slot, isEphemeral: true, expression.Node.Position);
            }

            columns.Add((expression.Name, slot));
        }

        AddAssignments(assigned);
        _columns.Display(columns);
    }

    private int SlotFor(NamedExpression expression, RowFunction value, List<(int, RowFunction)> assigned)
    {
        if (expression.Node is QueryNode.Field field && _scope.SlotOf(field.Name) is { } known)
        {
            return known;
        }

        if (expression.Node is QueryNode.Call call && _scope.Column(call.Text) is { } column)
        {
            return column;
        }

        int slot = _scope.NewSlot();
        assigned.Add((slot, value));
        return slot;
    }

    private void AddAssignments(List<(int, RowFunction)> assigned)
    {
        if (assigned.Count > 0)
        {
            AddRowStage(new AssignStage(assigned), $"computes {assigned.Count} value{(assigned.Count == 1 ? "" : "s")} of each row");
        }
    }

    // The index of a value, which is computed first if it is no whole field.
    private int Assigned(QueryNode node, string name)
    {
        List<(int, RowFunction)> assigned = [];
        int slot = SlotFor(new NamedExpression(node, name, HasAlias: false), Binder().Bind(node), assigned);
        AddAssignments(assigned);
        return slot;
    }

    private void BindStats(QueryCommand.Stats stats)
    {
        StatsBinder binder = new(_scope, _settings, _place);
        GroupLayout layout = binder.Bind(stats);
        string keys = string.Join(", ", stats.Keys.Select(static key => key.Name));
        string words = keys.Length == 0 ? "computes one row of all rows" : $"groups the rows by {keys}";
        if (IsHead)
        {
            _collector = new GroupCollector(layout, _settings.Memory);
            _words.Add($"{words}, while the events are read");
        }
        else
        {
            AddListStage(ListStages.Group(layout, _settings.Memory), words);
        }

        _scope = binder.After;
        _columns.Reset(binder.Columns);
    }

    private void BindSort(QueryCommand.Sort sort)
    {
        (int Slot, bool IsDescending)[] keys = [.. sort.Keys.Select(key => (Assigned(key.Node, ""), key.IsDescending))];
        if (!IsHead)
        {
            AddListStage(ListStages.Sort(keys), "sorts the rows");
            return;
        }

        bool isByTime = sort.Keys[0] is { IsDescending: false, Node: QueryNode.Field { Name: "@timestamp" } };
        CollectRows(new RowOrder(keys, isByTime ? RowOrder.OldestFirst : RowOrder.NewestFirst, _settings.CancellationToken),
            "sorts the events", isNewestFirst: false);
    }

    private void AddRowStage(RowStage stage, string words)
    {
        if (IsHead)
        {
            _head.Add(stage);
            _words.Add($"{words}, while the events are read");
        }
        else
        {
            _tail.Add(ListStages.EachRow(stage, _settings.Memory));
            _words.Add(words);
        }
    }

    private void AddListStage(ListStage stage, string words)
    {
        CollectRows();
        _tail.Add(stage);
        _words.Add(words);
    }

    private void CollectRows()
    {
        if (IsHead)
        {
            CollectRows(new RowOrder([], RowOrder.NewestFirst, _settings.CancellationToken), "orders the events, the newest first",
                isNewestFirst: true);
        }
    }

    private void CollectRows(RowOrder order, string words, bool isNewestFirst)
    {
        int count = RowsNeeded();
        _collector = new TopCollector(order, count, _settings.Memory, endsEarly: isNewestFirst,
            inAnyOrder: _index < _commands.Count && _commands[_index] is QueryCommand.Limit { IsAny: true });
        _words.Add(count == int.MaxValue ? $"{words}; all of them are kept in memory" : $"{words}; at most {count} of them are kept");
    }

    // A limit further behind is enough if each row makes one row until then.
    private int RowsNeeded()
    {
        for (int i = _index; i < _commands.Count; i++)
        {
            switch (_commands[i])
            {
                case QueryCommand.Limit limit:
                    return Math.Min(limit.Count, _settings.Limit ?? int.MaxValue);
                case QueryCommand.Sort when i == _index:
                case QueryCommand.Fields or QueryCommand.Display or QueryCommand.Unmask or QueryCommand.ParseGlob
                    or QueryCommand.ParseFormat
                    or QueryCommand.ParseRegex { IsMultiple: false } or QueryCommand.Accumulate or QueryCommand.AutoRegress
                        or QueryCommand.FillDown:
                    break;
                default:
                    return int.MaxValue;
            }
        }

        return Math.Min(_settings.Limit ?? int.MaxValue, DefaultLimit);
    }

    private void AddLimits()
    {
        if (!_commands.Any(static command => command is QueryCommand.Limit))
        {
            _tail.Add(ListStages.Limit(DefaultLimit));
        }

        if (_settings.Limit is { } limit)
        {
            _tail.Add(ListStages.Limit(limit));
        }
    }

    private RowStage Chain()
    {
        RowStage next = _collector!;
        for (int i = _head.Count - 1; i >= 0; i--)
        {
            _head[i].Next = next;
            next = _head[i];
        }

        return next;
    }
}
