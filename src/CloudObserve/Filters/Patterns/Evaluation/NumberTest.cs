using System.Text;
using CloudObserve.Filters.Patterns.Syntax;

namespace CloudObserve.Filters.Patterns.Evaluation;

/// <summary>Compares a value with a number.</summary>
/// <remarks>
/// Numbers are compared by value. A JSON string equals the number only if its text is identical, and is never less or greater.
/// </remarks>
internal sealed class NumberTest(ComparisonOperator comparison, NumberOperand operand) : ValueTest
{
    private readonly byte[] _spelling = Encoding.UTF8.GetBytes(operand.Spelling);

    internal override bool Holds(ref Scalar value) => value.Kind switch
    {
        FilterValueKind.Number or FilterValueKind.Field => value.TryGetNumber(out double number)
            ? Compare(number) : comparison == ComparisonOperator.NotEqual,
        FilterValueKind.Text => comparison switch
        {
            ComparisonOperator.Equal => value.Text.SequenceEqual(_spelling),
            ComparisonOperator.NotEqual => !value.Text.SequenceEqual(_spelling),
            _ => false,
        },
        _ => false,
    };

    private bool Compare(double number) => comparison switch
    {
        ComparisonOperator.Equal => number == operand.Value,
        ComparisonOperator.NotEqual => number != operand.Value,
        ComparisonOperator.Less => number < operand.Value,
        ComparisonOperator.LessOrEqual => number <= operand.Value,
        ComparisonOperator.Greater => number > operand.Value,
        _ => number >= operand.Value,
    };
}
