using CloudObserve.Diagnostics;

namespace CloudObserve.Events;

/// <summary>Describes why a text is not a valid event pattern.</summary>
/// <param name="Pattern">The text.</param>
/// <param name="Position">
/// The zero-based index at which reading stopped: for a fault in JSON the faulty character, otherwise the end of the faulty token.
/// EventBridge's column is this index plus one, on one line.
/// </param>
/// <param name="Message">The reason, in EventBridge's words where they are known.</param>
public sealed record EventPatternError(string Pattern, int Position, string Message)
{
    /// <summary>Gets the message of EventBridge for the pattern.</summary>
    public string ServiceMessage => $"Event pattern is not valid. Reason: {Message}";

    /// <summary>Returns the pattern, followed by a line with a caret under the position and the reason.</summary>
    /// <returns>Two lines of text. Of a long pattern, only the part around the position is shown.</returns>
    public override string ToString() => Caret.Mark(Pattern, Position, Message);
}
