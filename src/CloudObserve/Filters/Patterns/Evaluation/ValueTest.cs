namespace CloudObserve.Filters.Patterns.Evaluation;

/// <summary>Represents a compiled comparison with one value.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal abstract class ValueTest
{
    /// <summary>Returns whether the comparison holds for the value.</summary>
    /// <remarks>Only a test of a kind can hold for Booleans and null. Objects and arrays are never tested.</remarks>
    internal abstract bool Holds(ref Scalar value);
}
