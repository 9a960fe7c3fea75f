namespace CloudObserve.Filters.Patterns.Evaluation;

/// <summary>A compiled comparison: answers for one value.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal abstract class ValueTest
{
    /// <summary>Whether the value fulfils the comparison. Booleans and null fulfil only a <see cref="KindTest"/>; objects and arrays are never asked about.</summary>
    internal abstract bool Holds(ref Scalar value);
}
