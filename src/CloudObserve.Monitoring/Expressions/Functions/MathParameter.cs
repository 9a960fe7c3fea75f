namespace CloudObserve.Monitoring.Expressions.Functions;

/// <summary>Describes a parameter of a function.</summary>
/// <param name="Types">The types of value that it accepts.</param>
/// <param name="Literal">The form of the argument if it is not a value.</param>
/// <param name="Keywords">The keywords that it accepts.</param>
internal sealed record MathParameter(MathType Types, LiteralKind Literal, params IReadOnlyList<string> Keywords)
{
    internal static MathParameter Value(MathType types, params IReadOnlyList<string> keywords) => new(types, LiteralKind.None, keywords);

    internal static MathParameter Keyword(params IReadOnlyList<string> keywords) => new(MathType.None, LiteralKind.None, keywords);

    internal static MathParameter Of(LiteralKind literal) => new(MathType.None, literal);

    /// <summary>Determines whether a token is an accepted literal or keyword.</summary>
    internal bool Accepts(MathToken token) => Literal switch
    {
        LiteralKind.Text => token.Kind == MathTokenKind.Text,
        LiteralKind.Number => token.Kind == MathTokenKind.Number,
        LiteralKind.Id => token.Kind == MathTokenKind.Name && char.IsAsciiLetterLower(token.Text[0]),
        _ => token.Kind == MathTokenKind.Name && Keywords.Contains(token.Text),
    };

    /// <summary>Describes the accepted arguments for a message.</summary>
    internal string Describe() => Literal switch
    {
        LiteralKind.Text => "a text in quotation marks",
        LiteralKind.Number => "a number",
        LiteralKind.Id => "the id of a metric",
        _ when Types == MathType.None => string.Join(" or ", Keywords),
        _ => string.Join(" or ", [MathTypeNames.Describe(Types), .. Keywords]),
    };
}
