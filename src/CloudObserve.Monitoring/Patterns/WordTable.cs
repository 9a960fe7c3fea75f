using System.Buffers;
using System.Text;

namespace CloudObserve.Monitoring.Patterns;

/// <summary>Gives each distinct word of the messages a number. Holds a bounded number of words.</summary>
internal sealed class WordTable
{
    /// <summary>The number of every value.</summary>
    internal const int Value = 0;

    /// <summary>The number of the space between two words.</summary>
    internal const int Space = 1;

    /// <summary>
    /// The most words that are told apart. Text has a small vocabulary. What comes after these words is taken for values.
    /// </summary>
    internal const int MaxWords = 1 << 16;

    /// <summary>The longest word in bytes. A longer one is a value, such as a token or encoded data.</summary>
    internal const int MaxWordBytes = 256;

    private static readonly HashSet<string> Units = new(StringComparer.Ordinal)
    {
        "bytes", "byte", "Bytes", "B", "KB", "MB", "GB", "TB", "kB", "KiB", "MiB", "GiB", "ms", "us", "ns", "s", "sec", "secs", "seconds",
        "second", "min", "minutes", "hours", "h", "m", "KHz", "MHz", "GHz", "Hz", "%",
    };

    private static readonly HashSet<string> Calendar = new(StringComparer.Ordinal)
    {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun",
    };

    private static readonly HashSet<string> Constants = new(StringComparer.Ordinal)
    {
        "true", "false", "null", "True", "False", "TRUE", "FALSE", "NULL", "None",
    };

    private static readonly HashSet<string> BeforeNames = new(StringComparer.Ordinal)
    {
        "for", "user", "from", "to", "by", "on", "of", "host", "named", "file", "name", "domain", "in", "at", "device",
    };

    private static readonly SearchValues<byte> InIdentifiers = SearchValues.Create("_./\\@$-"u8);

    private readonly Dictionary<byte[], int> _numbers = new(new BytesComparer());
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _bySpan;
    private readonly List<byte[]> _words = [];
    private readonly List<WordTraits> _traits = [];

    internal WordTable()
    {
        _bySpan = _numbers.GetAlternateLookup<ReadOnlySpan<byte>>();
        Add([], WordTraits.None);
        Add(" "u8.ToArray(), WordTraits.Delimiter | WordTraits.JoinsValues);
        foreach (string name in Calendar)
        {
            _numbers.Add(Encoding.UTF8.GetBytes(name), Value);
        }

        Opening = [NumberOf("("u8), NumberOf("["u8)];
        Closing = [NumberOf(")"u8), NumberOf("]"u8)];
        Less = NumberOf("<"u8);
        Greater = NumberOf(">"u8);
        Colon = NumberOf(":"u8);
        Comma = NumberOf(","u8);
        Semicolon = NumberOf(";"u8);
        EqualSign = NumberOf("="u8);
        Quotes = [NumberOf("\""u8), NumberOf("'"u8)];
    }

    internal int[] Opening { get; }

    internal int[] Closing { get; }

    internal int[] Quotes { get; }

    internal int Less { get; }

    internal int Greater { get; }

    internal int Colon { get; }

    internal int Comma { get; }

    internal int Semicolon { get; }

    internal int EqualSign { get; }

    internal WordTraits this[int number] => _traits[number];

    internal ReadOnlySpan<byte> TextOf(int number) => _words[number];

    internal bool Has(int number, WordTraits trait) => (_traits[number] & trait) != 0;

    /// <summary>Returns the number of a word. Names of months and days, and words beyond the limits, are values.</summary>
    internal int NumberOf(ReadOnlySpan<byte> word) =>
        _bySpan.TryGetValue(word, out int number) ? number
        : word.Length > MaxWordBytes || _words.Count >= MaxWords ? Value
        : Add(word.ToArray(), TraitsOf(word));

    private static WordTraits TraitsOf(ReadOnlySpan<byte> word)
    {
        string text = Encoding.UTF8.GetString(word);
        ReadOnlySpan<byte> bare = word.Trim(".,"u8);
        WordTraits traits = WordTraits.None;
        if (word.Length == 1 && word[0] < 0x80 && !char.IsAsciiLetterOrDigit((char)word[0]))
        {
            traits |= WordTraits.Delimiter;
        }

        traits |= Units.Contains(text.TrimEnd('.')) ? WordTraits.Unit : 0;
        traits |= Constants.Contains(text) ? WordTraits.Constant : 0;
        traits |= BeforeNames.Contains(text) ? WordTraits.IntroducesName : 0;
        traits |= IsCapitals(bare) ? WordTraits.Capitals : 0;
        traits |= ValueForms.IsNumberedName(word) ? WordTraits.NumberedName : 0;
        bool isOther = (traits & (WordTraits.Delimiter | WordTraits.NumberedName | WordTraits.Capitals)) != 0;
        traits |= !isOther && IsIdentifier(bare) ? WordTraits.Identifier : 0;
        traits |= word.Length > 1 && HasLetter(word) ? WordTraits.Text : 0;
        bool isRun = text.StartsWith("..", StringComparison.Ordinal) || text.AsSpan().Trim('#').IsEmpty;
        traits |= isRun || text is ":" or "," or "|" or ";" or "=" ? WordTraits.JoinsValues : 0;
        traits |= text.StartsWith("***", StringComparison.Ordinal) ? WordTraits.Stars : 0;
        return traits;
    }

    private static bool IsCapitals(ReadOnlySpan<byte> word) => word.Length > 1 && char.IsAsciiLetterUpper((char)word[0])
        && word.IndexOfAnyExceptInRange((byte)'A', (byte)'_') < 0 && word.IndexOfAny("[\\]^"u8) < 0;

    private static bool IsIdentifier(ReadOnlySpan<byte> word) =>
        word.Length == 1 || (word.Length > 2 && word[1..^1].ContainsAny(InIdentifiers))
        || word.IndexOfAnyInRange((byte)'0', (byte)'9') >= 0;

    private static bool HasLetter(ReadOnlySpan<byte> word)
    {
        foreach (byte b in word)
        {
            if (char.IsAsciiLetter((char)b) || b >= 0x80)
            {
                return true;
            }
        }

        return false;
    }

    private int Add(byte[] word, WordTraits traits)
    {
        _numbers.Add(word, _words.Count);
        _words.Add(word);
        _traits.Add(traits);
        return _words.Count - 1;
    }

    private sealed class BytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        // Seeded for each process, so that words cannot be chosen to fall on one place of the table.
        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            HashCode hash = default;
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }
    }
}
