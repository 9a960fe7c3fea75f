using System.Text;
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

    // Represents IS NULL, IS TRUE and IS FALSE.
    private sealed class KindTest(FilterValueKind kind) : ValueTest
    {
        internal override bool Holds(ref Scalar value) => value.Kind == kind;
    }

    // Represents = *, which holds for any number or text, and != *, which never holds.
    private sealed class AnythingTest(bool equal) : ValueTest
    {
        internal override bool Holds(ref Scalar value) => equal && value.IsComparable;
    }

    // Compares a value with a text that may have a wildcard at either end.
    private sealed class WildcardTest(bool equal, TextOperand operand) : TextTest(equal)
    {
        private readonly byte[] _core = Encoding.UTF8.GetBytes(operand.Core);
        private readonly bool _openAtStart = operand.IsOpenAtStart;
        private readonly bool _openAtEnd = operand.IsOpenAtEnd;

        protected override bool Matches(ReadOnlySpan<byte> text)
        {
            WorkMeter.Add(text.Length);
            return (_openAtStart, _openAtEnd) switch
            {
                (false, false) => text.SequenceEqual(_core),
                (false, true) => text.StartsWith(_core),
                (true, false) => text.EndsWith(_core),
                _ => text.IndexOf(_core) >= 0,
            };
        }
    }

    // Compares a value with a regular expression.
    private sealed class RegexTest(bool equal, RegexProgram regex) : TextTest(equal)
    {
        protected override bool Matches(ReadOnlySpan<byte> text) => regex.IsMatch(text);
    }
}
