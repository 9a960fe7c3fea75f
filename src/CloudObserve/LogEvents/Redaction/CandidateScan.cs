using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace CloudObserve.LogEvents.Redaction;

/// <summary>Finds the positions in a text where one of many words stands, ignoring case, 32 positions at a time.</summary>
/// <remarks>
/// The framework can search for many words at once in characters only, and converting the bytes would cost too much. Here the words are
/// distributed to eight buckets. For each of the first four bytes of a word, two tables (by the lower and the upper four bits) contain the
/// buckets in which such a byte may not stand at this position. If a bucket remains after all eight look-ups, a set of the words' first
/// three bytes excludes most positions, and only the rest is compared with the words.
/// </remarks>
/// <threadsafety>Immutable, safe for concurrent use.</threadsafety>
internal sealed class CandidateScan
{
    private const int Buckets = 8;
    private const int Positions = 4;
    private const int Places = 32;
    private const int Slots = 256;
    private const int Window = Places + Positions - 1;
    private const byte CaseBit = 0x20;
    private const int BeginningLength = 3;
    private const int BitsOfByte = 5;
    private const uint ByteMask = (1 << BitsOfByte) - 1;
    private const int BeginningBits = 1 << (BitsOfByte * BeginningLength);

    private readonly uint[] _beginnings = new uint[BeginningBits / 32];
    private readonly byte[][][] _words;
    private readonly int _shortest;
    private readonly Nibbles _first;
    private readonly Nibbles _second;
    private readonly Nibbles _third;
    private readonly Nibbles _fourth;

    internal CandidateScan(IEnumerable<string> words)
    {
        byte[][] distinct = [.. words.Distinct(StringComparer.OrdinalIgnoreCase).Select(Encoding.ASCII.GetBytes)];
        _shortest = distinct.Min(static word => word.Length);
        foreach (byte[] word in distinct.Where(static word => word.Length >= BeginningLength))
        {
            uint beginning = Beginning(word);
            _beginnings[beginning / 32] |= 1u << (int)beginning;
        }

        ILookup<int, byte[]> bySlot = distinct.Where(static w => w.Length >= BeginningLength).ToLookup(static w => Slot(Beginning(w)));
        byte[][] shorter = [.. distinct.Where(static w => w.Length < BeginningLength)];
        _words = [.. Enumerable.Range(0, Slots).Select(slot => bySlot.Contains(slot) ? [.. shorter, .. bySlot[slot]] : shorter)];
        byte[][][] buckets = WordBuckets.Deal(distinct, Buckets, Positions);
        _first = Nibbles.Of(buckets, 0);
        _second = Nibbles.Of(buckets, 1);
        _third = Nibbles.Of(buckets, 2);
        _fourth = Nibbles.Of(buckets, 3);
    }

    /// <summary>Finds the next place.</summary>
    /// <returns>Its index, or -1.</returns>
    internal int Next(ReadOnlySpan<byte> text, int from)
    {
        while (from + Window <= text.Length)
        {
            uint candidates = NextWindow(text, ref from);
            int found = FirstOf(candidates, text, from);
            if (found >= 0)
            {
                return found;
            }

            from += candidates == 0 ? 0 : Places;
        }

        if (from >= text.Length)
        {
            return -1;
        }

        return text.Length < Window ? InTail(text, from) : InLastWindow(text, from);
    }

    // Moves on to the next window with a candidate. The tables stay in registers, because nothing is called in the loop.
    private uint NextWindow(ReadOnlySpan<byte> text, ref int from)
    {
        ref byte start = ref MemoryMarshal.GetReference(text);
        Nibbles first = _first;
        Nibbles second = _second;
        Nibbles third = _third;
        Nibbles fourth = _fourth;
        int at = from;
        int last = text.Length - Window;
        uint candidates;
        do
        {
            Vector256<byte> excluded = first.Of(Vector256.LoadUnsafe(ref start, (nuint)at))
                | second.Of(Vector256.LoadUnsafe(ref start, (nuint)at + 1))
                | third.Of(Vector256.LoadUnsafe(ref start, (nuint)at + 2))
                | fourth.Of(Vector256.LoadUnsafe(ref start, (nuint)at + 3));
            candidates = ~Vector256.Equals(excluded, Vector256<byte>.AllBitsSet).ExtractMostSignificantBits();
            candidates = candidates == 0 ? 0 : Promising(candidates, ref Unsafe.Add(ref start, at));
            at += Places;
        }
        while (candidates == 0 && at <= last);

        from = candidates == 0 ? at : at - Places;
        return candidates;
    }

    // Those at which a word's first three bytes stand.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Promising(uint candidates, ref byte place)
    {
        if (_shortest < BeginningLength)
        {
            return candidates;
        }

        uint promising = 0;
        for (; candidates != 0; candidates &= candidates - 1)
        {
            int at = BitOperations.TrailingZeroCount(candidates);
            uint beginning = Beginning(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref place, at), BeginningLength));
            promising |= ((_beginnings[beginning / 32] >> (int)beginning) & 1) << at;
        }

        return promising;
    }

    // It ends where the text does and overlaps what has been looked at. At the last three bytes only a word of so few can stand.
    private int InLastWindow(ReadOnlySpan<byte> text, int from)
    {
        int start = text.Length - Window;
        int seen = from - start;
        if (seen < Places)
        {
            int window = start;
            uint candidates = NextWindow(text, ref window) & (uint.MaxValue << seen);
            int found = FirstOf(candidates, text, start);
            if (found >= 0)
            {
                return found;
            }
        }

        for (int at = Math.Max(from, start + Places); at <= text.Length - _shortest; at++)
        {
            if (StandsAt(text[at..]))
            {
                return at;
            }
        }

        return -1;
    }

    // What is left is looked at with zeros behind it, which stand in no word.
    private int InTail(ReadOnlySpan<byte> text, int from)
    {
        Span<byte> padded = stackalloc byte[Places + Window];
        padded.Clear();
        text[from..].CopyTo(padded);
        for (int at = 0; from + at < text.Length; at += Places)
        {
            int window = 0;
            int found = FirstOf(NextWindow(padded.Slice(at, Window), ref window), text, from + at);
            if (found >= 0)
            {
                return found;
            }
        }

        return -1;
    }

    private int FirstOf(uint candidates, ReadOnlySpan<byte> text, int from)
    {
        for (; candidates != 0; candidates &= candidates - 1)
        {
            int at = from + BitOperations.TrailingZeroCount(candidates);
            if (at < text.Length && StandsAt(text[at..]))
            {
                return at;
            }
        }

        return -1;
    }

    private bool StandsAt(ReadOnlySpan<byte> text)
    {
        foreach (byte[] word in _words[text.Length < BeginningLength ? 0 : Slot(Beginning(text))])
        {
            if (text.Length >= word.Length && (text[0] | CaseBit) == (word[0] | CaseBit)
                && Ascii.EqualsIgnoreCase(text[..word.Length], word))
            {
                return true;
            }
        }

        return false;
    }

    // Five bits of each byte, in which the cases of a letter are equal.
    private static uint Beginning(ReadOnlySpan<byte> word) =>
        ((word[0] & ByteMask) << (2 * BitsOfByte)) | ((word[1] & ByteMask) << BitsOfByte) | (word[2] & ByteMask);

    private static int Slot(uint beginning) => (int)((beginning ^ (beginning >> BitsOfByte)) % Slots);

    /// <summary>The two tables of one position: for each bucket a bit that is set where such a byte excludes it.</summary>
    private readonly record struct Nibbles(Vector256<byte> Lower, Vector256<byte> Upper)
    {
        internal static Nibbles Of(byte[][][] buckets, int position)
        {
            Span<byte> lower = stackalloc byte[16];
            Span<byte> upper = stackalloc byte[16];
            lower.Fill(byte.MaxValue);
            upper.Fill(byte.MaxValue);
            for (int value = 0; value <= byte.MaxValue; value++)
            {
                byte stands = BucketsWith(buckets, position, value);
                lower[value & 0xF] &= (byte)~stands;
                upper[value >> 4] &= (byte)~stands;
            }

            return new Nibbles(
                Vector256.Create(Vector128.Create((ReadOnlySpan<byte>)lower)),
                Vector256.Create(Vector128.Create((ReadOnlySpan<byte>)upper)));
        }

        // The buckets that have a word with this byte at the position, whatever its case, or one that has ended before it.
        private static byte BucketsWith(byte[][][] buckets, int position, int value)
        {
            int with = 0;
            for (int bucket = 0; bucket < buckets.Length; bucket++)
            {
                bool stands = buckets[bucket].Any(w => position >= w.Length || (w[position] | CaseBit) == (value | CaseBit));
                with |= stands ? 1 << bucket : 0;
            }

            return (byte)with;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Vector256<byte> Of(Vector256<byte> text) => LookUp(Lower, text) | LookUp(Upper, Vector256.ShiftRightLogical(text, 4));

        // The tables stand in both halves, so that a shuffle within halves, which every machine has, does. It reads four bits of a byte of
        // ASCII. Of another byte it reads the same or makes zero, which excludes nothing; then the upper bits decide alone.
        private static Vector256<byte> LookUp(Vector256<byte> table, Vector256<byte> places) => Avx2.IsSupported
            ? Avx2.Shuffle(table, places)
            : Vector256.Create(
                Vector128.ShuffleNative(table.GetLower(), places.GetLower() & Vector128.Create((byte)0xF)),
                Vector128.ShuffleNative(table.GetUpper(), places.GetUpper() & Vector128.Create((byte)0xF)));
    }
}
