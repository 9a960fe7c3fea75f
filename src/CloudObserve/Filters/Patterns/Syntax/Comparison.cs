namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>One comparison.</summary>
/// <param name="Path">The property, or <see langword="null"/> for the field that the comparison stands in.</param>
/// <param name="Operator">How it is compared.</param>
/// <param name="Operand">With what, unless the operator says it all.</param>
internal sealed record Comparison(JsonPath? Path, ComparisonOperator Operator, Operand? Operand) : Expression
{
    internal override IEnumerable<Comparison> Comparisons => [this];
}
