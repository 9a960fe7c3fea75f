namespace CloudObserve.Monitoring.Expressions;

/// <summary>Represents a token of an expression.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Position">The zero-based position in the expression.</param>
/// <param name="Text">The token as it is written; the content of a text in quotation marks.</param>
/// <param name="Number">The value of a number.</param>
internal readonly record struct MathToken(MathTokenKind Kind, int Position, string Text, double Number)
{
    /// <summary>Determines whether the token is a bracket, comma or operator.</summary>
    internal bool Is(string symbol) => Kind == MathTokenKind.Symbol && Text == symbol;

    /// <summary>Describes the token for a message.</summary>
    internal string Describe() => Kind switch
    {
        MathTokenKind.End => "the end of the expression",
        MathTokenKind.Text => "a text in quotation marks",
        _ => $"'{Text}'",
    };
}
