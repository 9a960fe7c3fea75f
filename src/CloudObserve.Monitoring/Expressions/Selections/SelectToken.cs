namespace CloudObserve.Monitoring.Expressions.Selections;

/// <summary>Represents a token of a Metrics Insights query.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Position">The zero-based position in the query.</param>
/// <param name="Text">The token without quotation marks.</param>
/// <param name="IsQuoted">Whether the token stands in quotation marks.</param>
internal readonly record struct SelectToken(MathTokenKind Kind, int Position, string Text, bool IsQuoted)
{
    /// <summary>Determines whether the token is a keyword, in any case.</summary>
    internal bool IsKeyword(string keyword) =>
        Kind == MathTokenKind.Name && !IsQuoted && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    /// <summary>Determines whether the token is a bracket, a comma or an operator.</summary>
    internal bool Is(string symbol) => Kind == MathTokenKind.Symbol && Text == symbol;

    /// <summary>Describes the token for a message.</summary>
    internal string Describe() => Kind switch
    {
        MathTokenKind.End => "the end of the query",
        MathTokenKind.Text => $"the text '{Text}'",
        _ => IsQuoted ? $"\"{Text}\"" : $"'{Text}'",
    };
}
