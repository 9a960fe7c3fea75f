using CloudObserve.Filters.Patterns.Syntax;

namespace CloudObserve.Filters.Patterns.Evaluation;

/// <summary>Finds the texts that every event contains for which a condition holds.</summary>
internal static class RequiredTexts
{
    internal static IEnumerable<string> Of(Expression condition) => condition switch
    {
        AllOf all => all.Parts.SelectMany(Of),
        Comparison { Operator: ComparisonOperator.Equal, Operand: TextOperand { Core.Length: > 0, IsAnything: false } text } => [text.Core],
        _ => [],
    };
}
