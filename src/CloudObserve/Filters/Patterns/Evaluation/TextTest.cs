namespace CloudObserve.Filters.Patterns.Evaluation;

/// <summary>A comparison that looks at a value's text, by <c>=</c> or <c>!=</c>. A value of another type differs from any text.</summary>
internal abstract class TextTest(bool equal, FilterTyping typing) : ValueTest
{
    internal sealed override bool Holds(ref Scalar value)
    {
        if (value.Kind == FilterValueKind.Null)
        {
            return false;
        }

        bool isText = typing == FilterTyping.Loose || value.Kind is FilterValueKind.Text or FilterValueKind.Field;
        return (isText && Matches(value.Text)) == equal;
    }

    protected abstract bool Matches(ReadOnlySpan<byte> text);
}
