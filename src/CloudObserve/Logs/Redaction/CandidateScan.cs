using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace CloudObserve.Logs.Redaction;

/// <summary>Finds the positions in a text where one of many words may stand, ignoring case, 32 positions at a time.</summary>
/// <remarks>
/// The framework can search for many words at once in characters only, and converting the bytes would cost too much. Here the words are
/// distributed to eight buckets. For each of the first three bytes of a word, two tables (by the lower and the upper four bits) contain the
/// buckets in which such a byte may stand at this position. If a bucket remains after all six look-ups, a set of the words' first three
/// bytes excludes most positions, and only the rest is compared with the words.
/// </remarks>
/// <threadsafety>Immutable, safe for concurrent use.</threadsafety>
internal sealed class CandidateScan
{
    private const int Buckets = 8;
    private const int Positions = 3;
    private const int Places = 32;
    private const int Window = Places + Positions - 1;
    private const byte CaseBit = 0x20;
    private const int BitsOfByte = 5;
    private const int ByteMask = (1 << BitsOfByte) - 1;
    private const int BeginningBits = 1 << (BitsOfByte * Positions);

    private readonly byte[][][] _words;
    private readonly byte[][] _bits;
    private readonly uint[] _beginnings = new uint[BeginningBits / 32];
    private readonly bool _hasShortWords;
    private readonly Nibbles _first;
    private readonly Nibbles _second;
    private readonly Nibbles _third;

    internal CandidateScan(IEnumerable<string> words)
    {
        byte[][] distinct = [.. WithoutLonger([.. words]).Select(Encoding.ASCII.GetBytes)];
        _words = WordBuckets.Deal(distinct, Buckets, Positions);
        _hasShortWords = Array.Exists(distinct, static word => word.Length < Positions);
        foreach (byte[] word in distinct.Where(static word => word.Length >= Positions))
        {
            int beginning = Beginning(word);
            _beginnings[beginning / 32] |= 1u << (beginning % 32);
        }

        _bits = [.. Enumerable.Range(0, Positions).Select(BitsOf)];
        _first = Nibbles.Of(_bits[0]);
        _second = Nibbles.Of(_bits[1]);
        _third = Nibbles.Of(_bits[2]);
    }

    /// <summary>Finds the next position.</summary>
    /// <returns>The index of the position, or -1.</returns>
    internal int Next(ReadOnlySpan<byte> text, int from)
    {
        for (; from + Window <= text.Length; from += Places)
        {
            int found = FirstOf(Candidates(text.Slice(from, Window)), text, from);
            if (found >= 0)
            {
                return found;
            }
        }

        if (from >= text.Length)
        {
            return -1;
        }

        return text.Length < Window || _hasShortWords ? InTail(text, from) : InLastWindow(text, from);
    }

    // The window ends at the end of the text and overlaps the previous one. The last two bytes cannot begin a word of three.
    private int InLastWindow(ReadOnlySpan<byte> text, int from)
    {
        int start = text.Length - Window;
        int seen = from - start;
        return seen < Places ? FirstOf(Candidates(text[start..]) & (uint.MaxValue << seen), text, start) : -1;
    }

    // The rest is padded with zeros, which occur in no word.
    private int InTail(ReadOnlySpan<byte> text, int from)
    {
        Span<byte> padded = stackalloc byte[Places + Window];
        padded.Clear();
        text[from..].CopyTo(padded);
        for (int at = 0; from + at < text.Length; at += Places)
        {
            int found = FirstOf(Candidates(padded.Slice(at, Window)), text, from + at);
            if (found >= 0)
            {
                return found;
            }
        }

        return -1;
    }

    // The window is long enough for the three loads, so they need no bounds checks.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Candidates(ReadOnlySpan<byte> window)
    {
        ref byte start = ref MemoryMarshal.GetReference(window);
        Vector256<byte> buckets = _first.Of(Vector256.LoadUnsafe(ref start))
            & _second.Of(Vector256.LoadUnsafe(ref start, 1))
            & _third.Of(Vector256.LoadUnsafe(ref start, 2));
        return ~Vector256.Equals(buckets, Vector256<byte>.Zero).ExtractMostSignificantBits();
    }

    private int FirstOf(uint candidates, ReadOnlySpan<byte> text, int from)
    {
        for (; candidates != 0; candidates &= candidates - 1)
        {
            int at = from + BitOperations.TrailingZeroCount(candidates);
            if (at < text.Length && MayBegin(text[at..]) && StandsAt(text[at..]))
            {
                return at;
            }
        }

        return -1;
    }

    // Five bits of each byte, which are equal for both cases of a letter.
    private static int Beginning(ReadOnlySpan<byte> word) =>
        ((word[0] & ByteMask) << (2 * BitsOfByte)) | ((word[1] & ByteMask) << BitsOfByte) | (word[2] & ByteMask);

    private bool MayBegin(ReadOnlySpan<byte> text)
    {
        if (_hasShortWords || text.Length < Positions)
        {
            return true;
        }

        int beginning = Beginning(text);
        return (_beginnings[beginning / 32] & (1u << (beginning % 32))) != 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool StandsAt(ReadOnlySpan<byte> text)
    {
        int buckets = text.Length < Positions ? (1 << Buckets) - 1 : _bits[0][text[0]] & _bits[1][text[1]] & _bits[2][text[2]];
        for (; buckets != 0; buckets &= buckets - 1)
        {
            foreach (byte[] word in _words[BitOperations.TrailingZeroCount(buckets)])
            {
                if (text.Length >= word.Length && (text[0] | CaseBit) == (word[0] | CaseBit) && Ascii.EqualsIgnoreCase(text[..word.Length], word))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // For each byte in either case, the buckets that have a word with this byte at the position, or a word that has ended before it.
    private byte[] BitsOf(int position)
    {
        byte[] bits = new byte[256];
        for (int value = 0; value < bits.Length; value++)
        {
            for (int bucket = 0; bucket < _words.Length; bucket++)
            {
                bool stands = _words[bucket].Any(w => position >= w.Length || (w[position] | CaseBit) == (value | CaseBit));
                bits[value] |= (byte)(stands ? 1 << bucket : 0);
            }
        }

        return bits;
    }

    // Where a longer word stands, a shorter one that it contains is found too, so the longer one is not needed.
    private static IEnumerable<string> WithoutLonger(string[] words) =>
        words.Where(w => !words.Any(o => o.Length < w.Length && w.Contains(o, StringComparison.OrdinalIgnoreCase))).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>Represents the two tables of one position, with a bit for each bucket.</summary>
    private readonly record struct Nibbles(Vector256<byte> Lower, Vector256<byte> Upper)
    {
        internal static Nibbles Of(byte[] bits)
        {
            Span<byte> lower = stackalloc byte[16];
            Span<byte> upper = stackalloc byte[16];
            for (int value = 0; value < bits.Length; value++)
            {
                lower[(value | CaseBit) & 0xF] |= bits[value];
                upper[(value | CaseBit) >> 4] |= bits[value];
            }

            return new Nibbles(Vector256.Create(Vector128.Create((ReadOnlySpan<byte>)lower)), Vector256.Create(Vector128.Create((ReadOnlySpan<byte>)upper)));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Vector256<byte> Of(Vector256<byte> text)
        {
            // The bit that distinguishes the cases of a letter is set in both operands. Other characters that become equal by this are
            // distinguished by the final comparison.
            Vector256<byte> folded = text | Vector256.Create(CaseBit);
            return LookUp(Lower, folded & Vector256.Create((byte)0xF)) & LookUp(Upper, Vector256.ShiftRightLogical(folded, 4));
        }

        // Both halves contain the tables, so a shuffle within the halves, which all processors support, is enough.
        private static Vector256<byte> LookUp(Vector256<byte> table, Vector256<byte> places) => Avx2.IsSupported
            ? Avx2.Shuffle(table, places)
            : Vector256.Create(
                Vector128.ShuffleNative(table.GetLower(), places.GetLower()), Vector128.ShuffleNative(table.GetUpper(), places.GetUpper()));
    }
}
