namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Represents one comparison.</summary>
/// <param name="Path">The property, or <see langword="null"/> for the field that contains the comparison.</param>
/// <param name="Operator">The operator.</param>
/// <param name="Operand">The right-hand side; <see langword="null"/> if the operator needs none.</param>
internal sealed record Comparison(JsonPath? Path, ComparisonOperator Operator, Operand? Operand) : Expression
{
    internal override IEnumerable<Comparison> Comparisons => [this];
}
