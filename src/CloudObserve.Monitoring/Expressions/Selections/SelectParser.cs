using System.Globalization;

namespace CloudObserve.Monitoring.Expressions.Selections;

/// <summary>Parses queries of Metrics Insights.</summary>
internal sealed class SelectParser
{
    // Bounds the recursion. The length of the query bounds everything else.
    private const int MaxDepth = 100;

    private const string CurrentAccount = "CURRENT_ACCOUNT_ID";
    private const string TagPrefix = "tag.";

    private static readonly string[] Keywords =
    [
        "SELECT", "FROM", "SCHEMA", "WHERE", "AND", "OR", "GROUP", "BY", "ORDER", "LIMIT", "ASC", "DESC",
        "AVG", "COUNT", "MAX", "MIN", "SUM",
    ];

    private readonly string _text;
    private readonly SelectLexer _lexer;
    private SelectToken _token;
    private int _depth;

    internal SelectParser(string text)
    {
        _text = text;
        _lexer = new SelectLexer(text);
    }

    /// <summary>Parses the query.</summary>
    /// <exception cref="MathException">The query is invalid.</exception>
    internal SelectQuery Parse()
    {
        if (_text.Length > MathProgram.MaxLength)
        {
            throw new MathException(
                MathProgram.MaxLength, $"the query has {_text.Length} characters, but at most {MathProgram.MaxLength} are allowed");
        }

        Advance();
        Take("SELECT");
        SelectFunction function = Function();
        TakeSymbol("(");
        string metric = Name("the name of a metric");
        TakeSymbol(")");
        Take("FROM");
        (string source, IReadOnlyList<string>? schema) = Source();
        SelectQuery query = new()
        {
            Function = function,
            MetricName = metric,
            Namespace = source,
            Schema = schema,
            Where = TryTake("WHERE") ? AnyOf() : null,
            GroupBy = TryTake("GROUP") ? Labels() : [],
            OrderBy = TryTake("ORDER") ? Order() : null,
            Limit = TryTake("LIMIT") ? Limit() : SelectQuery.MaxSeries,
        };
        return _token.Kind == MathTokenKind.End ? query : throw Expected(NextClause(query));
    }

    private static string NextClause(SelectQuery query) =>
        query.OrderBy is not null ? "LIMIT or the end of the query"
        : query.GroupBy.Count > 0 ? "ORDER BY, LIMIT or the end of the query"
        : "a clause (WHERE, GROUP BY, ORDER BY, LIMIT, in this order) or the end of the query";

    private SelectFunction Function()
    {
        foreach (SelectFunction function in Enum.GetValues<SelectFunction>())
        {
            if (TryTake(function.ToString()))
            {
                return function;
            }
        }

        throw Expected("AVG, COUNT, MAX, MIN or SUM");
    }

    private (string Namespace, IReadOnlyList<string>? Schema) Source()
    {
        if (!TryTake("SCHEMA"))
        {
            return (Name("a namespace or SCHEMA"), null);
        }

        TakeSymbol("(");
        string source = Name("a namespace");
        List<string> schema = [];
        while (_token.Is(","))
        {
            Advance();
            schema.Add(Name("the name of a dimension"));
        }

        TakeSymbol(")");
        return (source, schema);
    }

    private SelectCondition AnyOf()
    {
        if (++_depth > MaxDepth)
        {
            throw new MathException(_token.Position, $"the conditions are nested more than {MaxDepth} levels deep");
        }

        List<SelectCondition> conditions = [AllOf()];
        while (TryTake("OR"))
        {
            conditions.Add(AllOf());
        }

        _depth--;
        return conditions.Count == 1 ? conditions[0] : new SelectCondition.Any(conditions);
    }

    private SelectCondition AllOf()
    {
        List<SelectCondition> conditions = [Condition()];
        while (TryTake("AND"))
        {
            conditions.Add(Condition());
        }

        return conditions.Count == 1 ? conditions[0] : new SelectCondition.All(conditions);
    }

    private SelectCondition Condition()
    {
        if (_token.Is("("))
        {
            Advance();
            SelectCondition inner = AnyOf();
            TakeSymbol(")");
            return inner;
        }

        string key = Label();
        bool isEqual = _token.Is("=");
        if (!isEqual && !_token.Is("!="))
        {
            throw Expected("'=' or '!='");
        }

        Advance();
        return new SelectCondition.Comparison(key, isEqual, Value());
    }

    private string Value()
    {
        if (TryTake(CurrentAccount))
        {
            TakeSymbol("(");
            TakeSymbol(")");
            return QueryLimits.AccountId;
        }

        if (_token.Kind != MathTokenKind.Text)
        {
            throw Expected("a value in single quotes");
        }

        string value = _token.Text;
        Advance();
        return value;
    }

    private List<string> Labels()
    {
        Take("BY");
        List<string> labels = [Label()];
        while (_token.Is(","))
        {
            Advance();
            labels.Add(Label());
        }

        return labels;
    }

    private string Label()
    {
        SelectToken token = _token;
        string label = Name("the name of a dimension");
        return token.IsQuoted || !label.StartsWith(TagPrefix, StringComparison.OrdinalIgnoreCase)
            ? label
            : throw new MathException(token.Position, $"'{label}' is a tag of an AWS resource, and tags exist only in AWS");
    }

    private SelectOrder Order()
    {
        Take("BY");
        SelectFunction function = Function();
        TakeSymbol("(");
        TakeSymbol(")");
        bool descends = TryTake("DESC");
        if (!descends)
        {
            _ = TryTake("ASC");
        }

        return new SelectOrder(function, descends);
    }

    private int Limit()
    {
        bool isNumber = int.TryParse(_token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int limit);
        if (!isNumber || limit is < 1 or > SelectQuery.MaxSeries)
        {
            throw Expected($"a number from 1 to {SelectQuery.MaxSeries} after LIMIT");
        }

        Advance();
        return limit;
    }

    private string Name(string expected)
    {
        SelectToken token = _token;
        if (token.Kind != MathTokenKind.Name || token.Text.Length == 0)
        {
            throw Expected(expected);
        }

        if (!token.IsQuoted && Keywords.Contains(token.Text, StringComparer.OrdinalIgnoreCase))
        {
            throw new MathException(
                token.Position,
                $"expected {expected}, but found the keyword {token.Text}; a name that is a keyword stands in double quotes");
        }

        Advance();
        return token.Text;
    }

    private void Advance() => _token = _lexer.Next();

    private bool TryTake(string keyword)
    {
        bool isNext = _token.IsKeyword(keyword);
        if (isNext)
        {
            Advance();
        }

        return isNext;
    }

    private void Take(string keyword)
    {
        if (!TryTake(keyword))
        {
            throw Expected(keyword);
        }
    }

    private void TakeSymbol(string symbol)
    {
        if (!_token.Is(symbol))
        {
            throw Expected($"'{symbol}'");
        }

        Advance();
    }

    private MathException Expected(string expected) => new(_token.Position, $"expected {expected}, but found {_token.Describe()}");
}
