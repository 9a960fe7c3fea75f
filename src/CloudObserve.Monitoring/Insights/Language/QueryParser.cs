namespace CloudObserve.Monitoring.Insights.Language;

/// <summary>Parses the commands of a query.</summary>
internal sealed class QueryParser
{
    /// <summary>The longest query that CloudWatch Logs takes.</summary>
    internal const int MaxLength = 10_000;

    /// <summary>The largest number of rows.</summary>
    internal const int MaxLimit = 100_000;

    // Commands that the service has and this engine does not.
    private static readonly string[] NotSupported =
    [
        "pattern", "diff", "anomaly", "lookup", "cidrlookup", "logcompare", "appendcols", "countfrequent", "relevantfields", "expand",
        "estimate", "head", "tail", "order", "search",
    ];

    private readonly QueryTokens _tokens;
    private readonly QueryExpressionParser _expressions;
    private readonly RareCommandParser _rare;
    private bool _isInner;

    private QueryParser(string query)
    {
        _tokens = new QueryTokens(query);
        _expressions = new QueryExpressionParser(_tokens, InnerCommands);
        _rare = new RareCommandParser(_tokens, _expressions, InnerCommands);
    }

    /// <summary>Parses a query.</summary>
    /// <exception cref="QuerySyntaxException">The query is invalid.</exception>
    internal static IReadOnlyList<QueryCommand> Parse(string query)
    {
        if (query.Length > MaxLength)
        {
            throw new QuerySyntaxException(MaxLength, $"the query has {query.Length} characters, but at most {MaxLength} are allowed");
        }

        QueryParser parser = new(query);
        IReadOnlyList<QueryCommand> commands = parser.Commands();
        return parser._tokens.IsEnd ? commands : throw parser._tokens.Unexpected("'|' or the end of the query");
    }

    private IReadOnlyList<QueryCommand> InnerCommands()
    {
        if (_isInner)
        {
            throw _tokens.Unexpected("a value; a query in brackets has no further one in it");
        }

        _isInner = true;
        IReadOnlyList<QueryCommand> commands = Commands();
        _isInner = false;
        return commands;
    }

    private List<QueryCommand> Commands()
    {
        List<QueryCommand> commands = [Command()];
        while (_tokens.TryTakeSymbol("|"))
        {
            commands.Add(Command());
        }

        return commands;
    }

    private QueryCommand Command()
    {
        QueryToken word = _tokens.Current;
        if (word.Kind != QueryTokenKind.Name)
        {
            throw _tokens.Unexpected("a command");
        }

        string command = word.Text.ToLowerInvariant();
        if (NotSupported.Contains(command))
        {
            throw new QuerySyntaxException(word.Start, $"the command '{word.Text}' at {_tokens.Place(word.Start)} is not supported");
        }

        _ = _tokens.Take();
        return Command(command, word.Start) ?? _rare.Command(command, word.Start)
            ?? throw _tokens.Unexpected(word, "a command such as fields, filter, stats, sort, limit, display, parse or dedup");
    }

    private QueryCommand? Command(string command, int position) => command switch
    {
        "fields" => new QueryCommand.Fields(position, _expressions.ParseNamedList()),
        "display" => new QueryCommand.Display(position, _expressions.ParseNamedList()),
        "filter" or "where" => new QueryCommand.Filter(position, _expressions.Parse()),
        "filterindex" => new QueryCommand.Filter(position, IndexCondition()),
        "stats" => Stats(position),
        "sort" => Sort(position),
        "limit" => Limit(position),
        "dedup" => new QueryCommand.Dedup(position, Keys()),
        "parse" => new ParseCommandParser(_tokens, _expressions).Parse(position),
        "unmask" => new QueryCommand.Unmask(position, _expressions.ParseNamedList()),
        _ => null,
    };

    private QueryCommand.Stats Stats(int position)
    {
        IReadOnlyList<NamedExpression> aggregates = _expressions.ParseNamedList();
        return new QueryCommand.Stats(position, aggregates, _tokens.TryTakeWord("by") ? _expressions.ParseNamedList() : []);
    }

    private QueryCommand.Sort Sort(int position)
    {
        List<QueryCommand.SortKey> keys = [];
        do
        {
            int start = _tokens.Current.Start;
            QueryNode key = _expressions.Parse();
            if (key is QueryNode.Call { Name: var name } && name.Equals("bin", StringComparison.OrdinalIgnoreCase))
            {
                throw new QuerySyntaxException(start,
                    $"unexpected symbol found {name} at {_tokens.Place(start)}: give the bin an alias with 'as'");
            }

            bool isDescending = _tokens.TryTakeWord("desc");
            _ = isDescending || _tokens.TryTakeWord("asc");
            keys.Add(new QueryCommand.SortKey(key, isDescending));
        }
        while (_tokens.TryTakeSymbol(","));

        return new QueryCommand.Sort(position, keys);
    }

    private QueryCommand.Limit Limit(int position)
    {
        bool isAny = _tokens.TryTakeWord("any");
        return new QueryCommand.Limit(position, _tokens.TakeInteger("a number", 1, MaxLimit), isAny);
    }

    private List<QueryNode> Keys()
    {
        List<QueryNode> keys = [];
        do
        {
            int position = _tokens.Current.Start;
            keys.Add(new QueryNode.Field(position, _tokens.TakeName("the name of a field")));
        }
        while (_tokens.TryTakeSymbol(","));

        return keys;
    }

    private QueryNode IndexCondition()
    {
        int position = _tokens.Current.Start;
        QueryNode condition = _expressions.Parse();
        return condition is QueryNode.Membership { Value: QueryNode.Field }
            or QueryNode.Binary { Operator: "=", Left: QueryNode.Field, Right: QueryNode.Constant }
            ? condition
            : throw new QuerySyntaxException(position, "filterIndex takes a field and its value, 'f = v', or its values, 'f in [v, …]'");
    }
}
