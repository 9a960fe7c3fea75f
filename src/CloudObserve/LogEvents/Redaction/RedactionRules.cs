using System.Buffers;

namespace CloudObserve.LogEvents.Redaction;

/// <summary>Contains the rules for redaction options.</summary>
/// <remarks>Each check returns the broken rule in words, or <see langword="null"/>.</remarks>
internal static class RedactionRules
{
    private const int MinNameLength = 3;
    private const int MaxNameLength = 64;
    private const int MinKeyLength = 16;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    internal static string? CheckFieldName(string? name)
    {
        ReadOnlySpan<char> word = name is ['*', ..] ? name.AsSpan(1) : name;
        return word.Length is >= MinNameLength and <= MaxNameLength && !word.ContainsAnyExcept(NameCharacters)
            && char.IsAsciiLetterOrDigit(word[0])
            ? null
            : $"a field's name must have {MinNameLength} to {MaxNameLength} letters, digits, underscores or dashes of ASCII, begin with a "
                + $"letter or a digit, and may have an asterisk in front";
    }

    internal static string? CheckPattern(string name, string? pattern)
    {
        if (name.Length is 0 or > MaxNameLength || name.AsSpan().ContainsAnyExcept(NameCharacters))
        {
            return $"the name of a pattern must have 1 to {MaxNameLength} ASCII letters, digits, underscores or dashes, because it is part "
                + $"of the marker";
        }

        if (string.IsNullOrEmpty(pattern))
        {
            return "a pattern must not be empty";
        }

        try
        {
            return PatternRedactor.Compile(pattern).IsMatch("") ? "a pattern must not match the empty text" : null;
        }
        catch (Exception broken) when (broken is ArgumentException or NotSupportedException)
        {
            return $"a pattern must be a regular expression that can run without backtracking: {broken.Message}";
        }
    }

    internal static string? CheckHashKey(string? key) =>
        key is null or { Length: >= MinKeyLength } ? null : $"a key for hashes must have at least {MinKeyLength} characters";
}
