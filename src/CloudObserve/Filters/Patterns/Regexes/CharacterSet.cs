namespace CloudObserve.Filters.Patterns.Regexes;

/// <summary>
/// Represents the characters that one position of a regular expression accepts: a bit for each ASCII character, and one bit for all other
/// characters.
/// </summary>
/// <remarks>
/// One bit for all other characters is exact, because the dialect cannot name a character beyond ASCII; a set contains all of them or none.
/// </remarks>
/// <param name="Ascii">The ASCII characters; bit n stands for character n.</param>
/// <param name="BeyondAscii">Whether the set contains all characters beyond ASCII.</param>
internal readonly record struct CharacterSet(UInt128 Ascii, bool BeyondAscii)
{
    internal static readonly CharacterSet Digit = Range('0', '9');
    internal static readonly CharacterSet Space = Single(' ') | Single('\t') | Single('\n');
    internal static readonly CharacterSet Word = Range('a', 'z') | Range('A', 'Z') | Digit | Single('_');

    /// <summary>The characters that the dot accepts.</summary>
    /// <remarks>The documentation does not mention line breaks; they are excluded, as in every engine by default.</remarks>
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

    /// <summary>Returns whether the set contains a character whose UTF-8 encoding begins with this byte.</summary>
    internal bool TakesFirstByte(int value) => value < 128 ? (Ascii >> value & 1) != 0 : BeyondAscii && value >= 0xC0;

    /// <summary>Gets the only character of the set, if the set has exactly one.</summary>
    internal bool IsSingle(out byte character)
    {
        character = (byte)UInt128.TrailingZeroCount(Ascii);
        return !BeyondAscii && UInt128.PopCount(Ascii) == 1;
    }
}
