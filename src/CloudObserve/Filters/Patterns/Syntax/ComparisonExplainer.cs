namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Describes a comparison in words.</summary>
internal static class ComparisonExplainer
{
    internal static string Explain(Comparison comparison) => comparison.Operator switch
    {
        ComparisonOperator.IsNull => "is null, or an array that has a null among its elements",
        ComparisonOperator.IsTrue => "is true",
        ComparisonOperator.IsFalse => "is false",
        ComparisonOperator.NotExists => "does not exist",
        ComparisonOperator.Less => $"is a number below {Number(comparison)}",
        ComparisonOperator.LessOrEqual => $"is a number, at most {Number(comparison)}",
        ComparisonOperator.Greater => $"is a number above {Number(comparison)}",
        ComparisonOperator.GreaterOrEqual => $"is a number, at least {Number(comparison)}",
        ComparisonOperator.Equal => Is(comparison.Operand!, comparison.Path is not null),
        _ => IsNot(comparison.Operand!, comparison.Path is not null),
    };

    private static string Number(Comparison comparison) => ((NumberOperand)comparison.Operand!).Spelling;

    // A field has no type. A property has one: only numbers and texts are compared, and a number is compared as written when the right-hand
    // side is a text.
    private static string Is(Operand operand, bool isProperty) => operand switch
    {
        NumberOperand number when isProperty => $"is the number {number.Spelling} or the text {PatternPrinter.Quote(number.Spelling)}",
        NumberOperand number => $"is the number {number.Spelling}",
        RegexOperand regex => $"is {Value(isProperty)} with a match of the regular expression {regex.Regex.Source}",
        TextOperand { IsAnything: true } => isProperty ? "is a text or a number" : "has a value",
        _ => $"is {Value(isProperty)} that {Text((TextOperand)operand, false)}",
    };

    private static string IsNot(Operand operand, bool isProperty) => operand switch
    {
        NumberOperand number
            when isProperty =>
                $"is a text or a number, but neither the number {number.Spelling} nor the text {PatternPrinter.Quote(number.Spelling)}",
        NumberOperand number => $"has a value other than the number {number.Spelling}",
        RegexOperand regex => $"is {Value(isProperty)} without a match of the regular expression {regex.Regex.Source}",
        TextOperand { IsAnything: true } => "has a value different from every value, which never holds",
        _ => $"is {Value(isProperty)} that {Text((TextOperand)operand, true)}",
    };

    private static string Value(bool isProperty) => isProperty ? "a text or a number" : "a text";

    private static string Text(TextOperand operand, bool negated)
    {
        string core = PatternPrinter.Quote(operand.Core);
        return (operand.IsOpenAtStart, operand.IsOpenAtEnd, negated) switch
        {
            (false, false, false) => $"is {core}",
            (false, false, true) => $"is not {core}",
            (false, true, false) => $"begins with {core}",
            (false, true, true) => $"does not begin with {core}",
            (true, false, false) => $"ends with {core}",
            (true, false, true) => $"does not end with {core}",
            (_, _, false) => $"contains {core}",
            _ => $"does not contain {core}",
        };
    }
}
