namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Parses a JSON pattern such as <c>{ $.latency &gt; 500 &amp;&amp; $.error NOT EXISTS }</c>.</summary>
internal sealed class JsonParser
{
    private readonly PatternCursor _cursor;
    private readonly PathParser _paths;
    private readonly ComparisonParser _comparisons;

    internal JsonParser(PatternCursor cursor)
    {
        _cursor = cursor;
        _paths = new PathParser(cursor);
        _comparisons = new ComparisonParser(cursor, new OperandParser(cursor, FilterPatternLimits.MaxRegexes));
    }

    internal JsonSyntax? Parse()
    {
        _cursor.Position++;
        Expression? condition = new ExpressionParser(_cursor, Comparison).Parse();
        if (condition is null)
        {
            return null;
        }

        if (!_cursor.TryTake('}'))
        {
            _cursor.Fail($"expected '&&', '||' or the closing '}}', but found {_cursor.Found()}");
            return null;
        }

        return new JsonSyntax(condition);
    }

    private Comparison? Comparison()
    {
        JsonPath? path = _paths.Parse();
        if (path is null)
        {
            return null;
        }

        _cursor.SkipBlanks();
        if (_comparisons.TryOperator(out ComparisonOperator comparison))
        {
            return _comparisons.Parse(path, comparison);
        }

        return TryPhrase(out comparison) ? new Comparison(path, comparison, null) : null;
    }

    private bool TryPhrase(out ComparisonOperator comparison)
    {
        int start = _cursor.Position;
        string phrase = $"{Word()} {Word()}".ToUpperInvariant();
        ComparisonOperator? known = phrase switch
        {
            "IS NULL" => ComparisonOperator.IsNull,
            "IS TRUE" => ComparisonOperator.IsTrue,
            "IS FALSE" => ComparisonOperator.IsFalse,
            "NOT EXISTS" => ComparisonOperator.NotExists,
            _ => null,
        };
        comparison = known ?? default;
        return known is not null || (_cursor.Error is null && _cursor.Fail(Expected(phrase), start, Answer(phrase)));
    }

    private string Word()
    {
        _cursor.SkipBlanks();
        return _cursor.TakeBareword();
    }

    // CloudWatch Logs reads IS as a complete operator, and the text after it as a term.
    private string? Answer(string phrase) =>
        phrase == "IS NOT" ? _cursor.InvalidTerm(_cursor.Position - "NOT".Length, _cursor.Position) : null;

    private static string Expected(string phrase)
    {
        const string Choices = "expected one of = != < > <= >=, IS NULL, IS TRUE, IS FALSE or NOT EXISTS";
        return phrase.StartsWith("EXISTS", StringComparison.Ordinal) ? $"{Choices}; that a property exists is written '= *'"
            : phrase == "IS NOT" ? $"{Choices}; there is no IS NOT"
            : Choices;
    }
}
