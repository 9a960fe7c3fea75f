using CloudObserve.Diagnostics;

namespace CloudObserve.Insights;

/// <summary>Describes why a text is not a valid query.</summary>
/// <param name="Query">The text.</param>
/// <param name="Position">The zero-based index of the first faulty character; the length of the text if more text was expected.</param>
/// <param name="Message">The description of the fault.</param>
public sealed record InsightsQueryError(string Query, int Position, string Message)
{
    /// <summary>Returns the query, followed by a line with a caret under the position and the message.</summary>
    /// <returns>Two lines of text. Of a long query, only the part around the position is shown.</returns>
    public override string ToString() => Caret.Mark(Query, Position, Message);
}
