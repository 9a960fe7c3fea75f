namespace CloudObserve.Diagnostics;

/// <summary>Shows the position of a fault in a text.</summary>
internal static class Caret
{
    private const int MaxShown = 120;

    /// <summary>Returns the text, followed by a line with a caret under the position and the message.</summary>
    /// <param name="text">The text. Control characters in it are shown as blanks, because they would move the caret.</param>
    /// <param name="position">The position, at most the length of the text.</param>
    /// <param name="message">The message.</param>
    /// <returns>Two lines of text. Of a long text, only the part around the position is shown.</returns>
    internal static string Mark(string text, int position, string message)
    {
        int from = Math.Max(0, Math.Min(position - (MaxShown / 2), text.Length - MaxShown));
        string part = text.Substring(from, Math.Min(MaxShown, text.Length - from));
        string line = string.Create(part.Length, part, static (shown, whole) =>
        {
            for (int i = 0; i < shown.Length; i++)
            {
                shown[i] = char.IsControl(whole[i]) ? ' ' : whole[i];
            }
        });
        return $"{line}\n{new string(' ', position - from)}^ {message}";
    }
}
