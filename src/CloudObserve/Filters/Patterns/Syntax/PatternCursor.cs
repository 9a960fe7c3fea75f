using System.Buffers;

namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>A place in the text of a pattern, and the first error found. Every parser of a pattern moves the same cursor.</summary>
internal sealed class PatternCursor(string text)
{
    private static readonly SearchValues<char> BarewordCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    internal string Text { get; } = text;

    internal int Position { get; set; }

    /// <summary>Gets the first error; later ones would only be its consequences.</summary>
    internal FilterPatternError? Error { get; private set; }

    internal bool AtEnd => Position >= Text.Length;

    /// <summary>Gets the character at the place, or NUL, which no part of the language uses, at the end.</summary>
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

    /// <summary>Notes what was expected.</summary>
    /// <param name="message">What was expected, or what is wrong.</param>
    /// <param name="position">Where, if not here.</param>
    /// <param name="service">What CloudWatch Logs says of it, if that is known.</param>
    /// <returns>Always <see langword="false"/>, so that a parser can return it.</returns>
    internal bool Fail(string message, int? position = null, string? service = null)
    {
        Error ??= new FilterPatternError(Text, Math.Min(position ?? Position, Text.Length), message) { ServiceMessage = service };
        return false;
    }

    /// <summary>Notes what CloudWatch Logs says of the error found, unless that is noted already.</summary>
    internal void Answer(string service) => Error = Error is { ServiceMessage: null } error ? error with { ServiceMessage = service } : Error;

    /// <summary>Gets how CloudWatch Logs refuses a character: with what it has read of the term, that character included.</summary>
    /// <param name="start">Where the term begins.</param>
    /// <param name="end">The character behind the last that is shown, if that is not the one here.</param>
    internal string InvalidTerm(int start, int? end = null) => $"Invalid character(s) in term '{Text[start..Math.Min(end ?? Position + 1, Text.Length)]}'";

    /// <summary>Shows the character at the place, for a message.</summary>
    internal string Found() => AtEnd ? "the end" : char.IsControl(Current) ? $"the character U+{(int)Current:X4}" : $"'{Current}'";
}
