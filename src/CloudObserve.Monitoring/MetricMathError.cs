using CloudObserve.Diagnostics;

namespace CloudObserve.Monitoring;

/// <summary>Describes why a text is not a valid metric math expression.</summary>
/// <param name="Expression">The text.</param>
/// <param name="Position">The zero-based index of the first faulty character; the length of the text if more text was expected.</param>
/// <param name="Message">The description of the fault and of the text that was expected at the position.</param>
public sealed record MetricMathError(string Expression, int Position, string Message)
{
    /// <summary>Returns the expression, followed by a line with a caret under the position and the message.</summary>
    /// <returns>Two lines of text. Of a long expression, only the part around the position is shown.</returns>
    public override string ToString() => Caret.Mark(Expression, Position, Message);
}
