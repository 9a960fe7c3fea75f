namespace CloudObserve.Filters.Patterns.Evaluation;

/// <summary>A comparison that looks at a value's text, by <c>=</c> or <c>!=</c>. The text of a number is what is written in the event.</summary>
internal abstract class TextTest(bool equal) : ValueTest
{
    internal sealed override bool Holds(ref Scalar value) => value.IsComparable && Matches(value.Text) == equal;

    protected abstract bool Matches(ReadOnlySpan<byte> text);
}
