using CloudObserve.Filters.Patterns.Regexes;
using CloudObserve.Filters.Patterns.Syntax;

namespace CloudObserve.Filters.Patterns.Evaluation;

/// <summary>Compiles comparisons except <c>NOT EXISTS</c>, which does not test a value.</summary>
internal static class ValueTestCompiler
{
    internal static ValueTest Compile(Comparison comparison)
    {
        bool equal = comparison.Operator == ComparisonOperator.Equal;
        return comparison.Operand switch
        {
            NumberOperand number => new NumberTest(comparison.Operator, number),
            TextOperand { IsAnything: true } => new AnythingTest(equal),
            TextOperand text => new WildcardTest(equal, text),
            RegexOperand regex => new RegexTest(equal, RegexCompiler.Compile(regex.Regex)),
            _ => new KindTest(Kind(comparison.Operator)),
        };
    }

    private static FilterValueKind Kind(ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.IsNull => FilterValueKind.Null,
        ComparisonOperator.IsTrue => FilterValueKind.True,
        _ => FilterValueKind.False,
    };
}
