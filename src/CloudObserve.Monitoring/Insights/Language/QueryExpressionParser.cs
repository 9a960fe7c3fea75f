using System.Globalization;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Language;

/// <summary>Parses the expressions of a query.</summary>
/// <param name="tokens">The tokens.</param>
/// <param name="subquery">Parses the commands of a query in brackets.</param>
/// <remarks>Brackets bind first, then the minus sign, <c>^</c>, <c>* / %</c>, <c>+ -</c>, comparisons, <c>not</c>, <c>and</c>,
/// <c>or</c>.</remarks>
internal sealed class QueryExpressionParser(QueryTokens tokens, Func<IReadOnlyList<QueryCommand>> subquery)
{
    private const int MaxDepth = 200;

    private static readonly string[] Comparisons = ["=", "!=", "<", "<=", ">", ">="];

    private int _depth;

    /// <summary>Parses an expression.</summary>
    internal QueryNode Parse() => Or();

    /// <summary>Parses an expression and the name of its column.</summary>
    internal NamedExpression ParseNamed()
    {
        int start = tokens.Current.Start;
        QueryNode node = Parse();
        return tokens.TryTakeWord("as")
            ? new NamedExpression(node, tokens.TakeName("a name"), HasAlias: true)
            : new NamedExpression(node, node is QueryNode.Field field ? field.Name : tokens.TextBetween(start, tokens.LastEnd),
                HasAlias: false);
    }

    internal IReadOnlyList<NamedExpression> ParseNamedList()
    {
        List<NamedExpression> list = [ParseNamed()];
        while (tokens.TryTakeSymbol(","))
        {
            list.Add(ParseNamed());
        }

        return list;
    }

    /// <summary>Parses a value without operators.</summary>
    internal QueryNode Value()
    {
        QueryNode node = Primary();
        while (true)
        {
            if (tokens.Current is { Kind: QueryTokenKind.Name or QueryTokenKind.QuotedName } part && part.Text.StartsWith('.')
                && part.Start == tokens.LastEnd)
            {
                node = new QueryNode.Part(part.Start, node, tokens.Take().Text[1..]);
            }
            else if (tokens.Current.IsSymbol("[") && tokens.Current.Start == tokens.LastEnd)
            {
                int position = tokens.Take().Start;
                string index = tokens.TakeInteger("an index", 0, int.MaxValue).ToString(CultureInfo.InvariantCulture);
                tokens.TakeSymbol("]");
                node = node is QueryNode.Field field ? field with { Name = $"{field.Name}.{index}" }
                    : new QueryNode.Part(position, node, index);
            }
            else
            {
                return node;
            }
        }
    }

    private QueryNode Or()
    {
        QueryNode left = And();
        while (tokens.Current.IsWord("or"))
        {
            left = new QueryNode.Binary(tokens.Take().Start, "or", left, And());
        }

        return left;
    }

    private QueryNode And()
    {
        QueryNode left = Not();
        while (tokens.Current.IsWord("and"))
        {
            left = new QueryNode.Binary(tokens.Take().Start, "and", left, Not());
        }

        return left;
    }

    private QueryNode Not()
    {
        if (!tokens.Current.IsWord("not") && !tokens.Current.IsSymbol("!"))
        {
            return Comparison();
        }

        using Level level = Enter();
        return new QueryNode.Unary(tokens.Take().Start, "not", Not());
    }

    private QueryNode Comparison()
    {
        QueryNode left = Sum();
        QueryToken sign = tokens.Current;
        if (sign.Kind == QueryTokenKind.Symbol && Comparisons.Contains(sign.Text))
        {
            _ = tokens.Take();
            return new QueryNode.Binary(sign.Start, sign.Text, left, Sum());
        }

        if (tokens.TryTakeSymbol("=~"))
        {
            tokens.ExpectRegex();
            return tokens.Current.Kind == QueryTokenKind.Regex ? Like(left)
                : throw tokens.Unexpected("a regular expression between slashes");
        }

        if (!sign.IsWord("not"))
        {
            return tokens.TryTakeWord("like") ? Like(left) : tokens.TryTakeWord("in") ? In(left) : left;
        }

        _ = tokens.Take();
        QueryNode negated = tokens.TryTakeWord("like") ? Like(left)
            : tokens.TryTakeWord("in") ? In(left)
            : throw tokens.Unexpected("'like' or 'in'");
        return new QueryNode.Unary(sign.Start, "not", negated);
    }

    private QueryNode Like(QueryNode value)
    {
        tokens.ExpectRegex();
        QueryToken pattern = tokens.Current;
        _ = pattern.Kind is QueryTokenKind.Text or QueryTokenKind.Regex
            ? tokens.Take()
            : throw tokens.Unexpected("a text between quotation marks or a regular expression between slashes");
        return pattern.Kind == QueryTokenKind.Text
            ? new QueryNode.Contains(pattern.Start, value, pattern.Text)
            : new QueryNode.Matches(pattern.Start, value, QueryRegex.Compile(pattern.Text, pattern.Start + 1));
    }

    private QueryNode In(QueryNode value)
    {
        int position = tokens.Current.Start;
        if (tokens.TryTakeSymbol("("))
        {
            IReadOnlyList<QueryCommand> commands = subquery();
            tokens.TakeSymbol(")");
            return new QueryNode.Subquery(position, value, commands);
        }

        if (!tokens.TryTakeSymbol("["))
        {
            throw tokens.Unexpected("a list such as [\"a\", \"b\"]");
        }

        List<QueryNode> elements = [Sum()];
        while (tokens.TryTakeSymbol(","))
        {
            elements.Add(Sum());
        }

        tokens.TakeSymbol("]");
        return new QueryNode.Membership(position, value, elements);
    }

    private QueryNode Sum()
    {
        QueryNode left = Product();
        while (tokens.Current.IsSymbol("+") || tokens.Current.IsSymbol("-"))
        {
            QueryToken sign = tokens.Take();
            left = new QueryNode.Binary(sign.Start, sign.Text, left, Product());
        }

        return left;
    }

    private QueryNode Product()
    {
        QueryNode left = Power();
        while (tokens.Current.IsSymbol("*") || tokens.Current.IsSymbol("/") || tokens.Current.IsSymbol("%"))
        {
            QueryToken sign = tokens.Take();
            left = new QueryNode.Binary(sign.Start, sign.Text, left, Power());
        }

        return left;
    }

    private QueryNode Power()
    {
        QueryNode left = Minus();
        if (!tokens.Current.IsSymbol("^"))
        {
            return left;
        }

        using Level level = Enter();
        return new QueryNode.Binary(tokens.Take().Start, "^", left, Power());
    }

    private QueryNode Minus()
    {
        if (!tokens.Current.IsSymbol("-"))
        {
            return Value();
        }

        using Level level = Enter();
        return new QueryNode.Unary(tokens.Take().Start, "-", Minus());
    }

    private QueryNode Primary()
    {
        QueryToken token = tokens.Current;
        switch (token.Kind)
        {
            case QueryTokenKind.Number:
                return Number();
            case QueryTokenKind.Text:
                return new QueryNode.Constant(token.Start, LogValue.From(tokens.Take().Text));
            case QueryTokenKind.QuotedName:
                return new QueryNode.Field(token.Start, tokens.Take().Text);
            case QueryTokenKind.Name when !token.Text.StartsWith('.'):
                return Name();
            case QueryTokenKind.Symbol when token.Text == "(":
                using (Enter())
                {
                    _ = tokens.Take();
                    QueryNode inner = Or();
                    tokens.TakeSymbol(")");
                    return inner;
                }

            default:
                throw tokens.Unexpected("a value");
        }
    }

    private QueryNode Number()
    {
        QueryToken token = tokens.Take();
        double number = double.Parse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(number))
        {
            throw tokens.Unexpected(token, "a smaller number");
        }

        if (tokens.Current.Kind == QueryTokenKind.Name && QueryPeriod.Create(number, tokens.Current.Text) is { } period)
        {
            _ = tokens.Take();
            return new QueryNode.Period(token.Start, period);
        }

        return tokens.Current.Kind == QueryTokenKind.Name && tokens.Current.Start == token.End
            ? throw tokens.Unexpected("an operator or a unit of time behind the number")
            : new QueryNode.Constant(token.Start, LogValue.From(number));
    }

    private QueryNode Name()
    {
        QueryToken token = tokens.Take();
        if (token.IsWord("null") || token.IsWord("and") || token.IsWord("or") || token.IsWord("by") || token.IsWord("as")
            || token.IsWord("like") || token.IsWord("in"))
        {
            throw tokens.Unexpected(token, "a value; the name of a field that is a keyword stands between backticks");
        }

        if (!tokens.Current.IsSymbol("("))
        {
            return token.IsWord("true") || token.IsWord("false")
                ? new QueryNode.Constant(token.Start, LogValue.From(token.IsWord("true")))
                : new QueryNode.Field(token.Start, token.Text);
        }

        using Level level = Enter();
        _ = tokens.Take();
        List<QueryNode> arguments = [];
        if (token.IsWord("count") && tokens.Current.IsSymbol("*"))
        {
            _ = tokens.Take();
        }
        else if (!tokens.Current.IsSymbol(")"))
        {
            do
            {
                arguments.Add(Or());
            }
            while (tokens.TryTakeSymbol(","));
        }

        tokens.TakeSymbol(")");
        return new QueryNode.Call(token.Start, token.Text, arguments, tokens.TextBetween(token.Start, tokens.LastEnd));
    }

    private Level Enter() => ++_depth > MaxDepth
        ? throw new QuerySyntaxException(tokens.Current.Start, $"the expression has more than {MaxDepth} levels")
        : new Level(this);

    private readonly struct Level(QueryExpressionParser parser) : IDisposable
    {
        public void Dispose() => parser._depth--;
    }
}
