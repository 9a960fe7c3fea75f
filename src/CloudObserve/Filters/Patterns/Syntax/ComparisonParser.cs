namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Parses an operator and its right-hand side.</summary>
/// <remarks>JSON and space-delimited patterns share them.</remarks>
internal sealed class ComparisonParser(PatternCursor cursor, OperandParser operands)
{
    // Longer operators come first, so that "=" is not read as "".
    private static readonly (string Symbol, ComparisonOperator Operator)[] Operators =
    [
        ("!=", ComparisonOperator.NotEqual),
        ("<=", ComparisonOperator.LessOrEqual),
        (">=", ComparisonOperator.GreaterOrEqual),
        ("=", ComparisonOperator.Equal),
        ("<", ComparisonOperator.Less),
        (">", ComparisonOperator.Greater),
    ];

    internal static string Symbol(ComparisonOperator comparison) => Operators.First(entry => entry.Operator == comparison).Symbol;

    internal bool TryOperator(out ComparisonOperator comparison)
    {
        foreach ((string symbol, ComparisonOperator candidate) in Operators)
        {
            if (cursor.TryTake(symbol))
            {
                comparison = candidate;
                return cursor.Current != '=' || cursor.Fail("expected a value; equality is a single '='");
            }
        }

        comparison = default;
        return false;
    }

    /// <summary>Parses the value after an operator.</summary>
    /// <returns>The comparison, or <see langword="null"/> if the cursor holds an error.</returns>
    internal Comparison? Parse(JsonPath? path, ComparisonOperator comparison)
    {
        cursor.SkipBlanks();
        int start = cursor.Position;
        Operand? operand = operands.Parse();
        bool isOrder = comparison is not (ComparisonOperator.Equal or ComparisonOperator.NotEqual);
        if (operand is not null && isOrder && operand is not NumberOperand)
        {
            cursor.Fail($"'{Symbol(comparison)}' compares numbers only; a text or a regular expression takes '=' or '!='", start,
                cursor.InvalidTerm(start, cursor.Position));
            return null;
        }

        return operand is null ? null : new Comparison(path, comparison, operand);
    }
}
