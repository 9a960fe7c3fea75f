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
    /// <returns>Two lines of text.</returns>
    public override string ToString()
    {
        // A tab or a line break would move the caret away from its position.
        string line = string.Create(Pattern.Length, Pattern, static (shown, pattern) =>
        {
            for (int i = 0; i < shown.Length; i++)
            {
                shown[i] = char.IsControl(pattern[i]) ? ' ' : pattern[i];
            }
        });
        return $"{line}\n{new string(' ', Position)}^ {Message}";
    }
}
