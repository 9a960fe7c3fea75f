namespace CloudObserve.Logs.Redaction;

/// <summary>The names of fields whose values are secret.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class FieldNames
{
    private static readonly string[] Separators = ["_", "-", ""];

    private readonly (byte[] Letters, bool IsSuffix)[] _names;

    internal FieldNames(IEnumerable<string> names)
    {
        string[] all = [.. names];
        _names = [.. all.Select(n => (Letters(n), n.StartsWith('*')))];
        Words = [.. all.SelectMany(Spellings)];
    }

    /// <summary>Gets the words to search a text for: every name's spellings.</summary>
    internal IReadOnlyCollection<string> Words { get; }

    /// <summary>Tells whether a word names a secret.</summary>
    internal bool Contains(ReadOnlySpan<byte> word)
    {
        foreach ((byte[] letters, bool isSuffix) in _names)
        {
            if (Matches(word, letters, isSuffix))
            {
                return true;
            }
        }

        return false;
    }

    private static byte[] Letters(string name) =>
        [.. name.Where(char.IsAsciiLetterOrDigit).Select(c => (byte)char.ToLowerInvariant(c))];

    private static IEnumerable<string> Spellings(string name) =>
        Separators.Select(s => name.TrimStart('*').Replace('-', '_').Replace("_", s, StringComparison.Ordinal));

    // From the end, passing over separators, because that is where a suffix is decided.
    private static bool Matches(ReadOnlySpan<byte> word, byte[] letters, bool isSuffix)
    {
        int left = letters.Length;
        int at = word.Length - 1;
        for (; at >= 0 && (left > 0 || !isSuffix); at--)
        {
            if (word[at] is (byte)'_' or (byte)'-')
            {
                continue;
            }

            if (left == 0 || char.ToLowerInvariant((char)word[at]) != letters[--left])
            {
                return false;
            }
        }

        return left == 0;
    }
}
