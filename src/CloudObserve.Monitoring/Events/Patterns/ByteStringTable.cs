using System.Numerics;
using System.Runtime.InteropServices;

namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Maps byte strings to their numbers. A look-up allocates nothing.</summary>
/// <remarks>The strings come from patterns, so that an event cannot make them collide.</remarks>
internal sealed class ByteStringTable
{
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    private readonly byte[][] _texts;
    private readonly uint[] _hashes;
    private readonly int[] _slots;
    private readonly int _minLength;
    private readonly int _maxLength;

    /// <param name="texts">The strings, each once. The number of each is its index.</param>
    internal ByteStringTable(byte[][] texts)
    {
        _texts = texts;
        _hashes = new uint[texts.Length];
        _slots = new int[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, texts.Length * 2))];
        Array.Fill(_slots, -1);
        _minLength = texts.Length == 0 ? 1 : texts.Min(static t => t.Length);
        _maxLength = texts.Length == 0 ? 0 : texts.Max(static t => t.Length);
        for (int i = 0; i < texts.Length; i++)
        {
            _hashes[i] = Hash(texts[i]);
            int slot = (int)(_hashes[i] & (uint)(_slots.Length - 1));
            while (_slots[slot] >= 0)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }

            _slots[slot] = i;
        }
    }

    /// <summary>Returns the number of a string; -1 if there is none.</summary>
    internal int Find(ReadOnlySpan<byte> text)
    {
        if (text.Length < _minLength || text.Length > _maxLength)
        {
            return -1;
        }

        uint hash = Hash(text);
        int mask = _slots.Length - 1;
        for (int slot = (int)(hash & (uint)mask); _slots[slot] >= 0; slot = (slot + 1) & mask)
        {
            int index = _slots[slot];
            if (_hashes[index] == hash && text.SequenceEqual(_texts[index]))
            {
                return index;
            }
        }

        return -1;
    }

    private static uint Hash(ReadOnlySpan<byte> text)
    {
        ulong hash = (ulong)text.Length * Multiplier;
        while (text.Length >= sizeof(ulong))
        {
            hash = Mix(hash ^ MemoryMarshal.Read<ulong>(text));
            text = text[sizeof(ulong)..];
        }

        ulong rest = 0;
        foreach (byte one in text)
        {
            rest = (rest << 8) | one;
        }

        hash = Mix(hash ^ rest);
        return (uint)(hash >> 32);
    }

    private static ulong Mix(ulong value)
    {
        value *= Multiplier;
        return value ^ (value >> 29);
    }
}
