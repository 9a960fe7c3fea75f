namespace CloudObserve.Monitoring;

/// <summary>Describes why a text is not a valid metric math expression.</summary>
/// <param name="Expression">The text.</param>
/// <param name="Position">The zero-based index of the first faulty character; the length of the text if more text was expected.</param>
/// <param name="Message">The description of the fault and of the text that was expected at the position.</param>
public sealed record MetricMathError(string Expression, int Position, string Message)
{
    private const int MaxShown = 120;

    /// <summary>Returns the expression, followed by a line with a caret under the position and the message.</summary>
    /// <returns>Two lines of text. Of a long expression, only the part around the position is shown.</returns>
    public override string ToString()
    {
        int from = Math.Max(0, Math.Min(Position - (MaxShown / 2), Expression.Length - MaxShown));
        string part = Expression.Substring(from, Math.Min(MaxShown, Expression.Length - from));

        // A tab or a line break would move the caret away from its position.
        string line = string.Create(part.Length, part, static (shown, text) =>
        {
            for (int i = 0; i < shown.Length; i++)
            {
                shown[i] = char.IsControl(text[i]) ? ' ' : text[i];
            }
        });
        return $"{line}\n{new string(' ', Position - from)}^ {Message}";
    }
}
