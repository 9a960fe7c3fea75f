namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Says in words what a comparison asks of a value.</summary>
internal static class ComparisonExplainer
{
    internal static string Explain(Comparison comparison) => comparison.Operator switch
    {
        ComparisonOperator.IsNull => "is null",
        ComparisonOperator.IsTrue => "is true",
        ComparisonOperator.IsFalse => "is false",
        ComparisonOperator.NotExists => "does not exist",
        ComparisonOperator.Less => $"is a number below {Number(comparison)}",
        ComparisonOperator.LessOrEqual => $"is a number, at most {Number(comparison)}",
        ComparisonOperator.Greater => $"is a number above {Number(comparison)}",
        ComparisonOperator.GreaterOrEqual => $"is a number, at least {Number(comparison)}",
        ComparisonOperator.Equal => Is(comparison.Operand!),
        _ => IsNot(comparison.Operand!),
    };

    private static string Number(Comparison comparison) => ((NumberOperand)comparison.Operand!).Spelling;

    private static string Is(Operand operand) => operand switch
    {
        NumberOperand number => $"is the number {number.Spelling}",
        RegexOperand regex => $"is a text with a match of the regular expression {regex.Regex.Source}",
        TextOperand { IsAnything: true } => "has a value",
        _ => $"is a text that {Text((TextOperand)operand, false)}",
    };

    private static string IsNot(Operand operand) => operand switch
    {
        NumberOperand number => $"has a value other than the number {number.Spelling}",
        RegexOperand regex => $"has a value without a match of the regular expression {regex.Regex.Source}",
        TextOperand { IsAnything: true } => "has a value that is none, which never holds",
        _ => $"has a value that {Text((TextOperand)operand, true)}",
    };

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
