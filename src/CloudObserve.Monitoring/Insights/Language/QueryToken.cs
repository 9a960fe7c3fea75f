namespace CloudObserve.Monitoring.Insights.Language;

/// <summary>Represents a token of a query.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Start">The position of the first character.</param>
/// <param name="End">The position behind the last character.</param>
/// <param name="Text">The name, the text without its quotation marks, the regular expression, the number or the symbol.</param>
internal readonly record struct QueryToken(QueryTokenKind Kind, int Start, int End, string Text)
{
    internal bool IsSymbol(string symbol) => Kind == QueryTokenKind.Symbol && Text == symbol;

    /// <summary>Gets whether the token is a keyword, in any case.</summary>
    internal bool IsWord(string word) => Kind == QueryTokenKind.Name && Text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
