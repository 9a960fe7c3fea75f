namespace CloudObserve.LogEvents.Redaction;

/// <summary>Holds the names of fields whose values are secret.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class FieldNames
{
    private const int MaxLetter = 128;

    private static readonly string[] Separators = ["_", "-", ""];

    private static readonly Dictionary<string, SecretNameKind> Kinds = new(StringComparer.Ordinal)
    {
        ["token"] = SecretNameKind.Token,
        ["pass"] = SecretNameKind.Everyday,
        ["credential"] = SecretNameKind.Everyday,
        ["credentials"] = SecretNameKind.Everyday,
        ["authorization"] = SecretNameKind.Header,
        ["proxyauthorization"] = SecretNameKind.Header,
        ["cookie"] = SecretNameKind.Header,
        ["setcookie"] = SecretNameKind.Header,
    };

    // Indexed by the last letter of a name, which excludes most words.
    private readonly Name[][] _names;

    internal FieldNames(IEnumerable<string> names)
    {
        string[] all = [.. names];
        Name[] parsed = [.. all.Select(n => new Name(Letters(n), n.StartsWith('*'), KindOf(n)))];
        _names = [.. Enumerable.Range(0, MaxLetter).Select(last => parsed.Where(n => n.Letters[^1] == last).ToArray())];
        Words = [.. all.SelectMany(Spellings)];
    }

    /// <summary>Gets the words to search for: all spellings of the names.</summary>
    internal IReadOnlyCollection<string> Words { get; }

    /// <summary>Returns the kind of a word.</summary>
    /// <remarks>Digits at its end are ignored: <c>Password2</c> is a password.</remarks>
    internal SecretNameKind Find(ReadOnlySpan<byte> word)
    {
        SecretNameKind found = FindWhole(word);
        ReadOnlySpan<byte> withoutDigits = word.TrimEnd("0123456789"u8);
        return found == SecretNameKind.None && withoutDigits.Length < word.Length ? FindWhole(withoutDigits) : found;
    }

    private SecretNameKind FindWhole(ReadOnlySpan<byte> word)
    {
        SecretNameKind found = SecretNameKind.None;
        word = word.TrimEnd("_-"u8);
        int last = word.IsEmpty ? 0 : char.ToLowerInvariant((char)word[^1]);
        foreach (Name name in last < MaxLetter ? _names[last] : [])
        {
            if (Matches(word, name.Letters, name.IsSuffix))
            {
                // If two names match, such as pass and *pass, the one without exceptions decides.
                if (name.Kind == SecretNameKind.Secret)
                {
                    return SecretNameKind.Secret;
                }

                found = name.Kind;
            }
        }

        return found;
    }

    private readonly record struct Name(byte[] Letters, bool IsSuffix, SecretNameKind Kind);

    private static SecretNameKind KindOf(string name) =>
        Kinds.GetValueOrDefault(string.Concat(Letters(name).Select(l => (char)l)), SecretNameKind.Secret);

    private static byte[] Letters(string name) =>
        [.. name.Where(char.IsAsciiLetterOrDigit).Select(c => (byte)char.ToLowerInvariant(c))];

    private static IEnumerable<string> Spellings(string name) =>
        Separators.Select(s => name.TrimStart('*').Replace('-', '_').Replace("_", s, StringComparison.Ordinal));

    // Compares from the end and skips separators, because suffixes are compared at the end.
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
