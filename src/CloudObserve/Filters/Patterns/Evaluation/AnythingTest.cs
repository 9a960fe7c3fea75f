namespace CloudObserve.Filters.Patterns.Evaluation;

/// <summary>Represents <c>= *</c>, which holds for any number or text, and <c>!= *</c>, which never holds.</summary>
internal sealed class AnythingTest(bool equal) : ValueTest
{
    internal override bool Holds(ref Scalar value) => equal && value.IsComparable;
}
