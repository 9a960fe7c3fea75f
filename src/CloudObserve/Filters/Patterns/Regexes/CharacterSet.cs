namespace CloudObserve.Filters.Patterns.Regexes;

/// <summary>The characters one position of a regular expression takes: a bit for each ASCII character, and one for all the others together.</summary>
/// <remarks>One bit for the rest is exact, because the dialect cannot name a character beyond ASCII: it can only be excluded or not.</remarks>
/// <param name="Ascii">Bit n stands for the character n.</param>
/// <param name="BeyondAscii">Whether every character beyond ASCII is taken.</param>
internal readonly record struct CharacterSet(UInt128 Ascii, bool BeyondAscii)
{
    internal static readonly CharacterSet Digit = Range('0', '9');
    internal static readonly CharacterSet Space = Single(' ') | Single('\t') | Single('\n');
    internal static readonly CharacterSet Word = Range('a', 'z') | Range('A', 'Z') | Digit | Single('_');

    /// <summary>What the dot takes. A line break is not documented either way; leaving it out is what every engine does by default.</summary>
    internal static readonly CharacterSet Dot = ~Single('\n');

    public static CharacterSet operator |(CharacterSet left, CharacterSet right) =>
        new(left.Ascii | right.Ascii, left.BeyondAscii || right.BeyondAscii);

    public static CharacterSet operator ~(CharacterSet set) => new(~set.Ascii, !set.BeyondAscii);

    internal static CharacterSet Single(char character) => new(UInt128.One << character, false);

    internal static CharacterSet Range(char first, char last)
    {
        UInt128 upTo = last == 127 ? UInt128.MaxValue : (UInt128.One << (last + 1)) - 1;
        return new CharacterSet(upTo & ~((UInt128.One << first) - 1), false);
    }

    /// <summary>Whether the set takes a character that begins with this byte of UTF-8.</summary>
    internal bool TakesFirstByte(int value) => value < 128 ? (Ascii >> value & 1) != 0 : BeyondAscii && value >= 0xC0;

    /// <summary>Gets the only character of the set, if there is only one.</summary>
    internal bool IsSingle(out byte character)
    {
        character = (byte)UInt128.TrailingZeroCount(Ascii);
        return !BeyondAscii && UInt128.PopCount(Ascii) == 1;
    }
}
