using System.Globalization;
using System.IO.Enumeration;
using System.Xml.XPath;
using CloudObserve.Insights;
using CloudObserve.Monitoring.Insights.Language;
using CloudObserve.Monitoring.Insights.Stages;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Binding;

/// <content>The commands that take values out of texts, and those that queries seldom have.</content>
internal sealed partial class QueryBinder
{
    private const string SessionColumn = "sessionId";
    private const int MaxJoinKeys = 50_000;

    private void BindRareCommand(QueryCommand command)
    {
        switch (command)
        {
            case QueryCommand.ParseGlob parse:
                AddRowStage(
                    new ParseGlobStage(Binder().Bind(parse.From), parse.Literals, DefineAll(parse.Names, parse.Position)),
                    "takes values out of a text between literals");
                break;
            case QueryCommand.ParseRegex parse:
                BindParseRegex(parse);
                break;
            case QueryCommand.ParseFormat parse:
                BindParseFormat(parse);
                break;
            case QueryCommand.Unnest unnest:
                RowFunction list = Binder().Bind(unnest.List);
                AddRowStage(new UnnestStage(list, DefineColumn(unnest.Name, unnest.Position)), "makes a row of each element of a list");
                break;
            case QueryCommand.FillDown fill:
                BindFillDown(fill);
                break;
            case QueryCommand.FillMissing fill:
                BindFillMissing(fill);
                break;
            case QueryCommand.Source source:
                _selection = _selection is null ? source.Selection : Both(_selection, source.Selection);
                break;
            case QueryCommand.Accumulate accumulate:
                BindAccumulate(accumulate);
                break;
            case QueryCommand.AutoRegress regress:
                BindAutoRegress(regress);
                break;
            case QueryCommand.AddTotals totals:
                BindAddTotals(totals);
                break;
            case QueryCommand.Outlier outlier:
                BindOutlier(outlier);
                break;
            case QueryCommand.Sessionize sessionize:
                BindSessionize(sessionize);
                break;
            case QueryCommand.Join join:
                BindJoin(join);
                break;
            default:
                throw Misplaced(command, "the command is not supported");
        }
    }

    private static LogGroupSelection Both(LogGroupSelection first, LogGroupSelection second) =>
        new([.. first.LogGroupNames, .. second.LogGroupNames], [.. first.NamePrefixes, .. second.NamePrefixes]);

    private int[] DefineAll(IReadOnlyList<string> names, int position)
    {
        int[] slots = new int[names.Count];
        for (int i = 0; i < slots.Length; i++)
        {
            slots[i] = _scope.Define(names[i], position);
            _columns.Choose(names[i], slots[i]);
        }

        return slots;
    }

    private int DefineColumn(string name, int position)
    {
        int slot = _scope.Define(name, position);
        _columns.Add(name, slot);
        return slot;
    }

    private void BindParseRegex(QueryCommand.ParseRegex parse)
    {
        RowFunction source = Binder().Bind(parse.From);
        string[] names = [.. parse.Regex.GetGroupNames().Where(static name => !char.IsAsciiDigit(name[0]))];
        int[] slots = DefineAll(names, parse.Position);
        AddRowStage(
            new ParseRegexStage(source, parse.Regex, [.. names.Zip(slots)], parse.IsMultiple),
            "takes the groups of a regular expression out of a text");
    }

    private void BindParseFormat(QueryCommand.ParseFormat parse)
    {
        RowFunction source = Binder().Bind(parse.From);
        Func<LogValue, IReadOnlyList<LogValue>> read = parse.Format switch
        {
            "logfmt" => static value => [TextFormats.Logfmt(value)],
            "csv" => static value => TextFormats.Csv(value),
            "json" => JsonPart(parse.Path),
            _ => XmlPart(parse),
        };
        AddRowStage(
            new ParseFormatStage(source, read, DefineAll(parse.Names, parse.Position)),
            $"takes values out of a text in the format {parse.Format}");
    }

    private static Func<LogValue, IReadOnlyList<LogValue>> JsonPart(string path)
    {
        JsonFieldReader reader = new([path], [0]);
        LogValue[] part = new LogValue[1];
        return value =>
        {
            byte[] json = value.ToUtf8().ToArray();
            reader.Read(json, 0, json.Length, part, isMessage: false);
            return [part[0]];
        };
    }

    private static Func<LogValue, IReadOnlyList<LogValue>> XmlPart(QueryCommand.ParseFormat parse)
    {
        try
        {
            XPathExpression path = XPathExpression.Compile(parse.Path);
            return value => [TextFormats.Xml(value, path)];
        }
        catch (XPathException exception)
        {
            throw new QuerySyntaxException(parse.Position, $"the XML path '{parse.Path}' is invalid: {exception.Message}");
        }
    }

    private void BindFillDown(QueryCommand.FillDown fill)
    {
        foreach (string name in fill.Names.Where(static name => !name.Contains('*', StringComparison.Ordinal)))
        {
            _columns.Add(name, Assigned(new QueryNode.Field(fill.Position, name), name));
        }

        ResultColumns columns = _columns;
        AddListStage(
            ListStages.FillDown(() => [.. columns.Of(name => _events.SlotOf(name)!.Value)
                .Where(column =>
                    fill.Names.Count == 0
                        || fill.Names.Any(name => FileSystemName.MatchesSimpleExpression(name, column.Name, ignoreCase: false)))
                .Select(static column => column.Slot)]),
            "puts the last value into the rows that have none");
    }

    private void BindFillMissing(QueryCommand.FillMissing fill)
    {
        if (_scope.Bin is not { } bin)
        {
            throw Misplaced(fill, "fillmissing stands behind stats … by bin(…)");
        }

        (int, LogValue)[] values = [.. fill.Values.Select(value => (
            _scope.Column(value.Key) ?? throw Misplaced(fill, $"stats has no column '{value.Key}'"), value.Value))];
        AddListStage(TotalStages.FillMissing(bin.Slot, bin.Period, _scope.OtherKeys, values), "adds rows for periods without one");
    }

    private void BindAccumulate(QueryCommand.Accumulate accumulate)
    {
        RowFunction field = _scope.Resolve(accumulate.Field);
        CollectRows();
        int slot = accumulate.Name == accumulate.Field ? _scope.Replace(accumulate.Name)
            : _scope.Define(accumulate.Name, accumulate.Position);
        _columns.Add(accumulate.Name, slot);
        AddListStage(ListStages.Accumulate(field, slot), "adds the values up from row to row");
    }

    private void BindAutoRegress(QueryCommand.AutoRegress regress)
    {
        RowFunction field = _scope.Resolve(regress.Field);
        _columns.Add(regress.Field, Assigned(new QueryNode.Field(regress.Position, regress.Field), regress.Field));
        CollectRows();
        int first = -1;
        for (int lag = regress.From; lag <= regress.To; lag++)
        {
            int slot = DefineColumn(string.Create(CultureInfo.InvariantCulture, $"{regress.Field}_p{lag}"), regress.Position);
            first = first < 0 ? slot : first;
        }

        AddListStage(ListStages.AutoRegress(field, first, regress.From, regress.To), "puts values of earlier rows into each row");
    }

    private void BindAddTotals(QueryCommand.AddTotals totals)
    {
        CollectRows();
        string[] summed = [.. totals.Names];
        ResultColumns columns = _columns;
        HashSet<string> added = [totals.FieldName, totals.LabelField];
        int? row = totals.HasRow ? DefineColumn(totals.FieldName, totals.Position) : null;
        (int, string)? label = totals.LabelField.Length == 0 ? null
            : (_scope.Defines(totals.LabelField) || _scope.Column(totals.LabelField) is not null
                ? _scope.SlotOf(totals.LabelField)!.Value
                : DefineColumn(totals.LabelField, totals.Position), totals.Label);
        AddListStage(
            TotalStages.AddTotals(
                () => [.. columns.Of(name => _events.SlotOf(name)!.Value)
                    .Where(column => summed.Length == 0 ? !added.Contains(column.Name) : summed.Contains(column.Name))
                    .Select(static column => column.Slot)],
                row, totals.HasColumn, label),
            "adds totals");
    }

    private void BindOutlier(QueryCommand.Outlier outlier)
    {
        RowFunction[] fields = [.. outlier.Names.Select(_scope.Resolve)];
        CollectRows();
        int[]? clamped = null;
        if (outlier.Action == "transform")
        {
            clamped = [.. outlier.Names.Select(_scope.Replace)];
            foreach ((string name, int slot) in outlier.Names.Zip(clamped))
            {
                _columns.Add(name, slot);
            }
        }

        AddListStage(TotalStages.Outlier(fields, outlier.Factor, clamped), "removes or cuts numbers that are far from the others");
    }

    private void BindSessionize(QueryCommand.Sessionize sessionize)
    {
        if (!_scope.HasEvents)
        {
            throw Misplaced(sessionize, "sessionize needs the time of the events, so it stands before stats");
        }

        RowFunction[] keys = [.. sessionize.Keys.Select(_scope.Resolve)];
        CollectRows();
        AddListStage(TotalStages.Sessionize(keys, sessionize.MaxSpan, DefineColumn(SessionColumn, sessionize.Position)),
            "numbers the sessions");
    }

    private void BindJoin(QueryCommand.Join join)
    {
        if (_scope.Sides is not null)
        {
            throw Misplaced(join, "a query has one join");
        }

        RowFunction key = _scope.Resolve(join.LeftField);
        _scope.Sides = (join.LeftAlias, join.RightAlias);
        QueryScope scope = _joined = _scope;
        // The first column is the key; the others are those that later commands read.
        ILookup<string, IReadOnlyList<LogValue>> right = (_settings.InnerResults.GetValueOrDefault(join.Right[0]) ?? [])
            .Where(static row => !row[0].IsMissing && !row[0].IsStructure)
            .ToLookup(static row => row[0].ToText()!, static IReadOnlyList<LogValue> (row) => [.. row.Skip(1)]);
        if (right.Count > MaxJoinKeys)
        {
            throw new InsightsQueryException($"the right side of the join has more than {MaxJoinKeys} keys: narrow it with a filter");
        }

        AddRowStage(
            new JoinStage(key, right, () => [.. scope.Right.Select(static column => column.Slot)], join.IsLeft),
            $"adds the rows of the query in brackets where {join.LeftField} is equal to its {join.RightField}");
    }

    private void AddInnerOf(QueryNode node)
    {
        foreach (QueryNode.Subquery subquery in node.All.OfType<QueryNode.Subquery>())
        {
            _inner.Add(new InnerQuery(subquery.Commands, null));
        }
    }

    // The columns of the right side of a join are known when the whole query is bound.
    private void AddInner()
    {
        foreach (QueryCommand.Join join in _commands.OfType<QueryCommand.Join>())
        {
            _inner.Add(new InnerQuery(join.Right, [join.RightField, .. _joined!.Right.Select(static column => column.Name)]));
        }

        foreach (InnerQuery inner in _inner)
        {
            _ = Bind(inner.Commands, QuerySettings.ForCheck, _place);
            _words.Add("runs the query in brackets first, and keeps its result in memory");
        }
    }
}
