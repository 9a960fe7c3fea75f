namespace CloudObserve.Filters.Patterns.Evaluation;

/// <summary>A compiled comparison: answers for one value.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal abstract class ValueTest
{
    /// <summary>Whether the value fulfils the comparison. Null, objects and arrays are no values and are never asked about, except by a <see cref="KindTest"/>.</summary>
    internal abstract bool Holds(ref Scalar value);
}
