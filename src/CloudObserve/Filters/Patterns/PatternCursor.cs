using System.Buffers;

namespace CloudObserve.Filters.Patterns;

/// <summary>Represents a position in the text of a pattern, and the first error.</summary>
/// <remarks>All parsers of a pattern share one cursor.</remarks>
internal sealed class PatternCursor(string text)
{
    private static readonly SearchValues<char> BarewordCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    internal string Text { get; } = text;

    internal int Position { get; set; }

    /// <summary>Gets the first error.</summary>
    /// <remarks>Later errors would only be its consequences.</remarks>
    internal FilterPatternError? Error { get; private set; }

    internal bool AtEnd => Position >= Text.Length;

    /// <summary>Gets the character at the position.</summary>
    /// <remarks>At the end it is NUL, which the language does not use.</remarks>
    internal char Current => Peek(0);

    internal static bool IsBlank(char character) => character is ' ' or '\t' or '\r' or '\n';

    internal static bool IsBareword(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(BarewordCharacters);

    internal char Peek(int ahead) => Position + ahead < Text.Length ? Text[Position + ahead] : '\0';

    internal void SkipBlanks()
    {
        while (IsBlank(Current))
        {
            Position++;
        }
    }

    internal bool TryTake(char character)
    {
        bool taken = !AtEnd && Current == character;
        Position += taken ? 1 : 0;
        return taken;
    }

    internal bool TryTake(string token)
    {
        bool taken = Text.AsSpan(Math.Min(Position, Text.Length)).StartsWith(token, StringComparison.Ordinal);
        Position += taken ? token.Length : 0;
        return taken;
    }

    internal string TakeBareword() => TakeWhile(BarewordCharacters);

    internal string TakeWhile(SearchValues<char> characters)
    {
        ReadOnlySpan<char> rest = Text.AsSpan(Position);
        int length = rest.IndexOfAnyExcept(characters);
        string taken = new(length < 0 ? rest : rest[..length]);
        Position += taken.Length;
        return taken;
    }

    /// <summary>Records an error, if there is none yet.</summary>
    /// <param name="message">The expected text, or the fault.</param>
    /// <param name="position">The position of the error; the default is the current position.</param>
    /// <param name="service">The message of CloudWatch Logs, if it is known.</param>
    /// <returns>Always <see langword="false"/>, so that a parser can return it.</returns>
    internal bool Fail(string message, int? position = null, string? service = null)
    {
        Error ??= new FilterPatternError(Text, Math.Min(position ?? Position, Text.Length), message) { ServiceMessage = service };
        return false;
    }

    /// <summary>Adds the message of CloudWatch Logs to the error, if it has none.</summary>
    internal void Answer(string service) =>
        Error = Error is { ServiceMessage: null } error ? error with { ServiceMessage = service } : Error;

    /// <summary>Returns the message with which CloudWatch Logs refuses a character.</summary>
    /// <remarks>It contains the term up to and including that character.</remarks>
    /// <param name="start">The index at which the term begins.</param>
    /// <param name="end">The index after the last character that is shown; the default is after the current character.</param>
    internal string InvalidTerm(int start, int? end = null) =>
        $"Invalid character(s) in term '{Text[start..Math.Min(end ?? Position + 1, Text.Length)]}'";

    /// <summary>Returns the character at the position in the form for messages.</summary>
    internal string Found() => AtEnd ? "the end" : char.IsControl(Current) ? $"the character U+{(int)Current:X4}" : $"'{Current}'";
}
