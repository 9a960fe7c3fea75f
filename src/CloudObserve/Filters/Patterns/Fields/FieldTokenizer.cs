using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CloudObserve.Filters.Patterns.Fields;

/// <summary>Splits an event at white space.</summary>
/// <remarks>Text in brackets or quotation marks stays together.</remarks>
internal ref struct FieldTokenizer(ReadOnlySpan<byte> utf8)
{
    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n\v\f"u8);

    private readonly ReadOnlySpan<byte> _utf8 = utf8;
    private int _position;
    private bool _lacksBracket;
    private bool _lacksQuote;

    internal static bool IsBlank(ReadOnlySpan<byte> utf8) => !utf8.ContainsAnyExcept(Blanks);

    private static bool IsBlank(byte value) => value is (byte)' ' or (>= (byte)'\t' and <= (byte)'\r');

    internal bool TryNext(out FieldToken token)
    {
        token = default;
        return Read(new Span<FieldToken>(ref token)) == 1;
    }

    /// <summary>Reads the next fields until the span is full or the event ends.</summary>
    /// <returns>The number of fields read.</returns>
    // In one loop, so that the position stays in a register from one field to the next.
    internal int Read(scoped Span<FieldToken> tokens)
    {
        ReadOnlySpan<byte> utf8 = _utf8;
        int position = _position;
        int count = 0;
        while (count < tokens.Length && TrySkipBlanks(utf8, ref position))
        {
            FieldToken token = utf8[position] is (byte)'[' or (byte)'"' ? Delimited(position) : Plain(utf8, position);
            WorkMeter.Add(token.Length);
            tokens[count++] = token;
            position = token.OuterEnd;
        }

        _position = position;
        return count;
    }

    // There is nearly always one blank, so a vectorized search would not pay off.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TrySkipBlanks(ReadOnlySpan<byte> utf8, ref int position)
    {
        int at = position;
        while ((uint)at < (uint)utf8.Length && IsBlank(utf8[at]))
        {
            at++;
        }

        WorkMeter.Add(at - position);
        position = at;
        return at < utf8.Length;
    }

    // An opening character that is never closed is ordinary text. The result of the failed search is remembered: no later opening is closed
    // either, and searching again for each of them would make the time quadratic.
    private FieldToken Delimited(int position) => _utf8[position] == (byte)'['
        ? Delimited(position, (byte)']', ref _lacksBracket)
        : Delimited(position, (byte)'"', ref _lacksQuote);

    private readonly FieldToken Delimited(int position, byte closing, ref bool isLacking)
    {
        if (isLacking)
        {
            return Plain(_utf8, position);
        }

        int start = position + 1;
        int length = _utf8[start..].IndexOf(closing);
        if (length >= 0)
        {
            return new FieldToken(start, length, true);
        }

        isLacking = true;
        WorkMeter.Add(_utf8.Length - start);
        return Plain(_utf8, position);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FieldToken Plain(ReadOnlySpan<byte> utf8, int position)
    {
        ReadOnlySpan<byte> rest = utf8[position..];
        int length = IndexOfBlank(rest);
        return new FieldToken(position, length < 0 ? rest.Length : length, false);
    }

    // Most fields are short. One 16-byte comparison finds their end and costs less than the call of a search.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int IndexOfBlank(ReadOnlySpan<byte> text)
    {
        if (text.Length >= Vector128<byte>.Count)
        {
            Vector128<byte> bytes = Vector128.Create(text);
            Vector128<byte> controls = Vector128.LessThan(bytes - Vector128.Create((byte)'\t'), Vector128.Create((byte)('\r' - '\t' + 1)));
            uint found = (controls | Vector128.Equals(bytes, Vector128.Create((byte)' '))).ExtractMostSignificantBits();
            if (found != 0)
            {
                return BitOperations.TrailingZeroCount(found);
            }
        }

        return text.IndexOfAny(Blanks);
    }
}
