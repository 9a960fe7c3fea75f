using System.Globalization;

namespace CloudObserve.Monitoring.Insights.Language;

/// <summary>Reads the tokens of a query, one ahead.</summary>
internal sealed class QueryTokens
{
    private readonly QueryLexer _lexer;

    internal QueryTokens(string query)
    {
        _lexer = new QueryLexer(query);
        Current = _lexer.Next(mayBeRegex: false);
    }

    /// <summary>Gets the token that is not yet taken.</summary>
    internal QueryToken Current { get; private set; }

    /// <summary>Gets the position behind the token that was taken last.</summary>
    internal int LastEnd { get; private set; }

    internal bool IsEnd => Current.Kind == QueryTokenKind.End;

    internal QueryToken Take()
    {
        QueryToken taken = Current;
        LastEnd = taken.End;
        Current = _lexer.Next(mayBeRegex: false);
        return taken;
    }

    /// <summary>Reads the current token again as a regular expression if it is a slash.</summary>
    internal void ExpectRegex()
    {
        if (Current.IsSymbol("/"))
        {
            _lexer.Return(Current);
            Current = _lexer.Next(mayBeRegex: true);
        }
    }

    internal bool TryTakeSymbol(string symbol)
    {
        bool isSymbol = Current.IsSymbol(symbol);
        _ = isSymbol ? Take() : default;
        return isSymbol;
    }

    internal bool TryTakeWord(string word)
    {
        bool isWord = Current.IsWord(word);
        _ = isWord ? Take() : default;
        return isWord;
    }

    internal void TakeSymbol(string symbol)
    {
        if (!TryTakeSymbol(symbol))
        {
            throw Unexpected($"'{symbol}'");
        }
    }

    internal void TakeWord(string word)
    {
        if (!TryTakeWord(word))
        {
            throw Unexpected($"'{word}'");
        }
    }

    internal string TakeName(string what) =>
        Current.Kind is QueryTokenKind.Name or QueryTokenKind.QuotedName ? Take().Text : throw Unexpected(what);

    internal string TakeText(string what) => Current.Kind == QueryTokenKind.Text ? Take().Text : throw Unexpected(what);

    /// <summary>Takes a whole number.</summary>
    internal int TakeInteger(string what, int least, int most)
    {
        QueryToken token = Current;
        if (token.Kind != QueryTokenKind.Number
            || !int.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < least
                || number > most)
        {
            throw Unexpected(string.Create(CultureInfo.InvariantCulture, $"{what} from {least} to {most}"));
        }

        _ = Take();
        return number;
    }

    /// <summary>Gets the text between two positions, with one blank for each run of white space.</summary>
    internal string TextBetween(int start, int end) =>
        string.Join(' ', _lexer.Query[start..end].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    internal QuerySyntaxException Unexpected(string? expected = null) => _lexer.Unexpected(Current, expected);

    internal QuerySyntaxException Unexpected(QueryToken token, string? expected = null) => _lexer.Unexpected(token, expected);

    internal string Place(int position) => _lexer.Place(position);
}
