using CloudObserve.Diagnostics;

namespace CloudObserve.Filters;

/// <summary>Describes why a text is not a valid filter pattern.</summary>
/// <param name="Pattern">The text.</param>
/// <param name="Position">The zero-based index of the first faulty character; the length of the text if more text was expected.</param>
/// <param name="Message">The text that was expected at the position.</param>
public sealed record FilterPatternError(string Pattern, int Position, string Message)
{
    /// <summary>Gets the message of CloudWatch Logs for the pattern.</summary>
    /// <value><see langword="null"/> if CloudWatch Logs says only that the pattern is invalid, or if its message is not known.</value>
    public string? ServiceMessage { get; internal init; }

    /// <summary>Returns the pattern, followed by a line with a caret under the position and the message.</summary>
    /// <returns>Two lines of text. Of a long pattern, only the part around the position is shown.</returns>
    public override string ToString() => Caret.Mark(Pattern, Position, Message);
}
