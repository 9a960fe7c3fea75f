namespace CloudObserve.Filters;

/// <summary>Why a text is not a filter pattern.</summary>
/// <param name="Pattern">The text.</param>
/// <param name="Position">The zero-based index of the character at which the text stops being a pattern; its length when more is expected.</param>
/// <param name="Message">What was expected there.</param>
public sealed record FilterPatternError(string Pattern, int Position, string Message)
{
    /// <summary>Gets what CloudWatch Logs says of the pattern, where that is known.</summary>
    internal string? ServiceMessage { get; init; }

    /// <summary>Shows the pattern with a caret under the position and the message.</summary>
    /// <returns>Two lines.</returns>
    public override string ToString()
    {
        // A tab or a line break would move the caret away from what it points at.
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
