namespace CloudObserve.Filters.Patterns.Evaluation;

/// <summary>Represents <c>IS NULL</c>, <c>IS TRUE</c> and <c>IS FALSE</c>.</summary>
internal sealed class KindTest(FilterValueKind kind) : ValueTest
{
    internal override bool Holds(ref Scalar value) => value.Kind == kind;
}
