namespace CloudObserve.Filters.Patterns.Evaluation;

/// <summary><c>= *</c>, which any number or text fulfils, and <c>!= *</c>, which none does.</summary>
internal sealed class AnythingTest(bool equal) : ValueTest
{
    internal override bool Holds(ref Scalar value) => equal && value.IsComparable;
}
