using CloudObserve.Filters.Patterns.Syntax;

namespace CloudObserve.Filters.Patterns.Evaluation;

/// <summary>Compares with a number. A value that is none differs from it and is neither above nor below.</summary>
internal sealed class NumberTest(ComparisonOperator comparison, double operand, FilterTyping typing) : ValueTest
{
    internal override bool Holds(ref Scalar value)
    {
        if (value.Kind == FilterValueKind.Null)
        {
            return false;
        }

        bool mayBeNumber = value.Kind is FilterValueKind.Number or FilterValueKind.Field
            || (typing == FilterTyping.Loose && value.Kind == FilterValueKind.Text);
        return mayBeNumber && value.TryGetNumber(out double number) ? Compare(number) : comparison == ComparisonOperator.NotEqual;
    }

    private bool Compare(double number) => comparison switch
    {
        ComparisonOperator.Equal => number == operand,
        ComparisonOperator.NotEqual => number != operand,
        ComparisonOperator.Less => number < operand,
        ComparisonOperator.LessOrEqual => number <= operand,
        ComparisonOperator.Greater => number > operand,
        _ => number >= operand,
    };
}
