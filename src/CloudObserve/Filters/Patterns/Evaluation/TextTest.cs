namespace CloudObserve.Filters.Patterns.Evaluation;

/// <summary>Provides a comparison of a value's text by <c>=</c> or <c>!=</c>.</summary>
/// <remarks>The text of a number is its text in the event.</remarks>
internal abstract class TextTest(bool equal) : ValueTest
{
    internal sealed override bool Holds(ref Scalar value) => value.IsComparable && Matches(value.Text) == equal;

    protected abstract bool Matches(ReadOnlySpan<byte> text);
}
