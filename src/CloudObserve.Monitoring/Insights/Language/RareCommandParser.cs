using System.Globalization;
using CloudObserve.Insights;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Language;

/// <summary>Parses the commands that queries seldom have.</summary>
/// <param name="tokens">The tokens.</param>
/// <param name="expressions">Parses expressions.</param>
/// <param name="subquery">Parses the commands of a query in brackets.</param>
internal sealed class RareCommandParser(
    QueryTokens tokens, QueryExpressionParser expressions, Func<IReadOnlyList<QueryCommand>> subquery)
{
    private const double DefaultSpan = 30 * 60_000;
    private const double DefaultOutlierFactor = 2.5;
    private const int MaxLag = 100;
    private const int MaxPrefixes = 5;

    /// <summary>Parses what follows the name of a command.</summary>
    /// <returns><see langword="null"/> if there is no such command.</returns>
    internal QueryCommand? Command(string command, int position) => command switch
    {
        "unnest" => Unnest(position),
        "filldown" => new QueryCommand.FillDown(position, NamePatterns()),
        "fillmissing" => FillMissing(position),
        "source" => new QueryCommand.Source(position, Selection()),
        "accum" => Accumulate(position),
        "autoregress" => AutoRegress(position),
        "addtotals" => AddTotals(position),
        "outlier" => Outlier(position),
        "sessionize" => Sessionize(position),
        "join" => Join(position),
        _ => null,
    };

    private QueryCommand.Unnest Unnest(int position)
    {
        QueryNode list = expressions.Value();
        tokens.TakeWord("into");
        return new QueryCommand.Unnest(position, list, tokens.TakeName("a name"));
    }

    // Names are parted by blanks or commas, and may have stars.
    private List<string> NamePatterns()
    {
        List<string> names = [];
        while (tokens.Current.Kind is QueryTokenKind.Name or QueryTokenKind.QuotedName || tokens.Current.IsSymbol("*"))
        {
            string name = tokens.Take().Text;
            while (tokens.Current.Start == tokens.LastEnd
                && (tokens.Current.IsSymbol("*") || tokens.Current.Kind is QueryTokenKind.Name or QueryTokenKind.QuotedName))
            {
                name += tokens.Take().Text;
            }

            names.Add(name);
            if (tokens.TryTakeSymbol(",") && tokens.Current.Kind is not (QueryTokenKind.Name or QueryTokenKind.QuotedName)
                && !tokens.Current.IsSymbol("*"))
            {
                throw tokens.Unexpected("the name of a field");
            }
        }

        return names;
    }

    private QueryCommand.FillMissing FillMissing(int position)
    {
        List<KeyValuePair<string, LogValue>> values = [];
        if (tokens.TryTakeWord("with"))
        {
            do
            {
                LogValue value = Literal();
                tokens.TakeWord("for");
                values.Add(new KeyValuePair<string, LogValue>(tokens.TakeName("the name of a column"), value));
            }
            while (tokens.TryTakeSymbol(","));
        }

        return new QueryCommand.FillMissing(position, values);
    }

    private LogValue Literal()
    {
        int position = tokens.Current.Start;
        bool isNegative = tokens.TryTakeSymbol("-");
        return expressions.Value() is QueryNode.Constant { Value: var value } && (!isNegative || value.Kind == LogValueKind.Number)
            ? isNegative ? LogValue.From(-value.Number) : value
            : throw new QuerySyntaxException(position, $"expected a number or a text at {tokens.Place(position)}");
    }

    private LogGroupSelection Selection()
    {
        if (!tokens.TryTakeWord("logGroups"))
        {
            List<string> names = [tokens.TakeText("the name of a log group between quotation marks, or logGroups(…)")];
            while (tokens.TryTakeSymbol(","))
            {
                names.Add(tokens.TakeText("the name of a log group between quotation marks"));
            }

            return new LogGroupSelection(names, []);
        }

        tokens.TakeSymbol("(");
        List<string> prefixes = [];
        do
        {
            QueryToken option = tokens.Current;
            string name = tokens.TakeName("namePrefix");
            tokens.TakeSymbol(":");
            if (option.IsWord("namePrefix"))
            {
                prefixes = Texts();
            }
            else if (!option.IsWord("class") || !IsStandardClass())
            {
                throw new QuerySyntaxException(
                    option.Start, $"'{name}' at {tokens.Place(option.Start)} is not supported: only namePrefix, and the class STANDARD");
            }
        }
        while (tokens.TryTakeSymbol(","));

        tokens.TakeSymbol(")");
        return prefixes.Count is 0 or > MaxPrefixes
            ? throw new QuerySyntaxException(tokens.LastEnd,
                $"logGroups takes 1 to {MaxPrefixes} beginnings of names: namePrefix: [\"/shop/\"]")
            : new LogGroupSelection([], prefixes);
    }

    private bool IsStandardClass()
    {
        bool isList = tokens.TryTakeSymbol("[");
        bool isStandard = tokens.Current.Kind is QueryTokenKind.Name or QueryTokenKind.Text
            && tokens.Take().Text.Equals("STANDARD", StringComparison.OrdinalIgnoreCase);
        return isStandard && (!isList || tokens.TryTakeSymbol("]"));
    }

    private List<string> Texts()
    {
        tokens.TakeSymbol("[");
        List<string> texts = [tokens.TakeText("a text between quotation marks")];
        while (tokens.TryTakeSymbol(","))
        {
            texts.Add(tokens.TakeText("a text between quotation marks"));
        }

        tokens.TakeSymbol("]");
        return texts;
    }

    private QueryCommand.Accumulate Accumulate(int position)
    {
        string field = tokens.TakeName("the name of a field");
        return new QueryCommand.Accumulate(position, field, tokens.TryTakeWord("as") ? tokens.TakeName("a name") : field);
    }

    private QueryCommand.AutoRegress AutoRegress(int position)
    {
        string field = tokens.TakeName("the name of a field");
        if (!tokens.TryTakeWord("p"))
        {
            return new QueryCommand.AutoRegress(position, field, 1, 1);
        }

        tokens.TakeSymbol("=");
        int from = tokens.TakeInteger("a number of rows", 1, MaxLag);
        int to = tokens.TryTakeSymbol("-") ? tokens.TakeInteger("a number of rows", from, MaxLag) : from;
        return new QueryCommand.AutoRegress(position, field, from, to);
    }

    private QueryCommand.AddTotals AddTotals(int position)
    {
        bool hasRow = true;
        bool hasColumn = false;
        Dictionary<string,
            string> names = new(StringComparer.OrdinalIgnoreCase) { ["fieldname"] = "Total", ["labelfield"] = "", ["label"] = "Total" };
        List<string> fields = [];
        while (tokens.Current.Kind is QueryTokenKind.Name or QueryTokenKind.QuotedName)
        {
            QueryToken name = tokens.Take();
            if (!tokens.TryTakeSymbol("="))
            {
                fields.Add(name.Text);
                _ = tokens.TryTakeSymbol(",");
            }
            else if (name.IsWord("row"))
            {
                hasRow = Flag();
            }
            else if (name.IsWord("col"))
            {
                hasColumn = Flag();
            }
            else
            {
                names[name.Text] = names.ContainsKey(name.Text) ? NameOrText()
                    : throw tokens.Unexpected(name, "row, col, fieldname, labelfield or label");
            }
        }

        return new QueryCommand.AddTotals(position, hasRow, hasColumn, names["fieldname"], names["labelfield"], names["label"], fields);
    }

    private bool Flag() => tokens.TryTakeWord("true") || (tokens.TryTakeWord("false") ? false : throw tokens.Unexpected("true or false"));

    private string NameOrText() => tokens.Current.Kind == QueryTokenKind.Text ? tokens.Take().Text : tokens.TakeName("a name");

    private QueryCommand.Outlier Outlier(int position)
    {
        double factor = DefaultOutlierFactor;
        string action = "remove";
        List<string> fields = [];
        while (tokens.Current.Kind is QueryTokenKind.Name or QueryTokenKind.QuotedName)
        {
            QueryToken name = tokens.Take();
            if (!tokens.TryTakeSymbol("="))
            {
                fields.Add(name.Text);
                _ = tokens.TryTakeSymbol(",");
            }
            else if (name.IsWord("param"))
            {
                QueryToken number = tokens.Current;
                factor = number.Kind == QueryTokenKind.Number
                    ? double.Parse(tokens.Take().Text, NumberStyles.Float, CultureInfo.InvariantCulture)
                    : throw tokens.Unexpected("a number");
            }
            else
            {
                action = name.IsWord("action") && tokens.TryTakeWord("remove") ? "remove"
                    : name.IsWord("action") && tokens.TryTakeWord("transform") ? "transform"
                    : throw tokens.Unexpected(name, "param=number, or action=remove or action=transform");
            }
        }

        return fields.Count == 0
            ? throw tokens.Unexpected("the name of a field")
            : new QueryCommand.Outlier(position, fields, factor, action);
    }

    private QueryCommand.Sessionize Sessionize(int position)
    {
        List<string> keys = [tokens.TakeName("the name of a field")];
        while (tokens.TryTakeSymbol(",")
            || (tokens.Current.Kind is QueryTokenKind.Name or QueryTokenKind.QuotedName && !tokens.Current.IsWord("maxspan")))
        {
            keys.Add(tokens.TakeName("the name of a field"));
        }

        double span = DefaultSpan;
        if (tokens.TryTakeWord("maxspan"))
        {
            _ = tokens.TryTakeSymbol("=");
            int start = tokens.Current.Start;
            span = expressions.Value() is QueryNode.Period period
                ? period.Value.Milliseconds
                : throw new QuerySyntaxException(start, $"expected a period such as 30m at {tokens.Place(start)}");
        }

        return new QueryCommand.Sessionize(position, keys, span);
    }

    private QueryCommand.Join Join(int position)
    {
        bool isLeft = false;
        string left = "";
        string right = "";
        while (!tokens.Current.IsWord("where"))
        {
            QueryToken option = tokens.Current;
            string name = tokens.TakeName("type=, left=, right= or 'where'").ToLowerInvariant();
            tokens.TakeSymbol("=");
            string value = tokens.TakeName("a name");
            (isLeft, left, right) = (name, value.ToLowerInvariant()) switch
            {
                ("type", "inner") => (false, left, right),
                ("type", "left") => (true, left, right),
                ("left", _) => (isLeft, value, right),
                ("right", _) => (isLeft, left, value),
                _ => throw tokens.Unexpected(option, "type=inner, type=left, left= or right="),
            };
        }

        _ = tokens.Take();
        QueryToken condition = tokens.Current;
        string first = tokens.TakeName("the field of the left side");
        tokens.TakeSymbol("=");
        string second = tokens.TakeName("the field of the right side");
        tokens.TakeSymbol("(");
        IReadOnlyList<QueryCommand> commands = subquery();
        tokens.TakeSymbol(")");
        bool isUsable = left.Length > 0 && right.Length > 0 && left != right
            && first.StartsWith($"{left}.", StringComparison.Ordinal) && second.StartsWith($"{right}.", StringComparison.Ordinal);
        return isUsable
            ? new QueryCommand.Join(position, isLeft, left, right, first[(left.Length + 1)..], second[(right.Length + 1)..], commands)
            : throw new QuerySyntaxException(
                condition.Start,
                    $"expected 'left=a right=b where a.field=b.field', with two different names, at {tokens.Place(condition.Start)}");
    }
}
