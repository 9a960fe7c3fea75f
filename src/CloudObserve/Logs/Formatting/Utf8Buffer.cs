using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CloudObserve.Logs.Formatting;

/// <summary>UTF-8 text being put together, in memory that is kept for the next one.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class Utf8Buffer : IBufferWriter<byte>
{
    private const int InitialBytes = 1024;
    private const int MaxKeptBytes = 4 * 1024 * 1024;

    /// <summary>How many bytes more than are appended <see cref="AppendBlocks"/> may read and overwrite.</summary>
    internal const int BlockBytes = 32;

    // Enough for any number, time or identifier without a format of its own.
    internal const int ShortText = 64;

    private static readonly SearchValues<byte> Controls = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(c => (byte)c), 0x7F]);

    private byte[] _bytes = new byte[InitialBytes];

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Advance(int count)
    {
        // A formatter of the application's own may call it with anything; it is to fail there, where that costs its event only.
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_bytes.Length - Length), nameof(count));
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureRoom(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureRoom(Math.Max(sizeHint, 1));
        return _bytes.AsSpan(Length);
    }

    /// <summary>Takes everything from a length on out again.</summary>
    internal void CutTo(int length) => Length = length;

    /// <summary>Takes everything out, and lets go of memory that only something very large needed.</summary>
    internal void Trim()
    {
        Length = 0;
        if (_bytes.Length > MaxKeptBytes)
        {
            _bytes = new byte[InitialBytes];
        }
    }

    internal void Append(ReadOnlySpan<byte> text)
    {
        EnsureRoom(text.Length);
        text.CopyTo(_bytes.AsSpan(Length));
        Length += text.Length;
    }

    /// <summary>Appends the beginning of something that is longer by <see cref="BlockBytes"/>: short texts are copied faster if no byte must be left alone.</summary>
    internal void AppendBlocks(ReadOnlySpan<byte> padded, int length)
    {
        EnsureRoom(length + BlockBytes);
        CopyBlocks(padded, _bytes.AsSpan(Length), length);
        Length += length;
    }

    /// <summary>Makes room for so many more bytes.</summary>
    /// <returns>The whole memory. What was written lies at its beginning, and what is written behind that is made known with <see cref="CutTo"/>.</returns>
    internal Span<byte> Reserve(int bytes)
    {
        EnsureRoom(bytes);
        return _bytes;
    }

    internal void Append(byte character)
    {
        EnsureRoom(1);
        _bytes[Length++] = character;
    }

    internal void Append<T>(T value, string? format = null)
        where T : IUtf8SpanFormattable
    {
        EnsureRoom(ShortText);
        int written;

        // The comparison is made when the method is compiled for a type, and costs nothing.
        if (typeof(T) == typeof(double) && format is null && ShortDecimals.TryWrite((double)(object)value, _bytes.AsSpan(Length), out written))
        {
            Length += written;
            return;
        }

        while (!value.TryFormat(_bytes.AsSpan(Length), out written, format, CultureInfo.InvariantCulture))
        {
            Grow(_bytes.Length);
        }

        Length += written;
    }

    /// <summary>Writes a number, time or identifier to where there is room for <see cref="ShortText"/> bytes.</summary>
    /// <returns>How many bytes it took.</returns>
    internal static int Format<T>(T value, Span<byte> target)
        where T : IUtf8SpanFormattable
    {
        if (typeof(T) == typeof(double) && ShortDecimals.TryWrite((double)(object)value, target, out int written))
        {
            return written;
        }

        _ = value.TryFormat(target, out written, default, CultureInfo.InvariantCulture);
        return written;
    }

    /// <summary>Pads what was written from a position on to a number of UTF-16 characters, on the left when it is positive, on the right when negative.</summary>
    internal void Pad(int start, int alignment)
    {
        int missing = Math.Abs(alignment) - System.Text.Encoding.UTF8.GetCharCount(_bytes.AsSpan(start, Length - start));
        if (missing <= 0)
        {
            return;
        }

        EnsureRoom(missing);
        int length = Length - start;
        int spaces = alignment < 0 ? Length : start;
        if (alignment > 0)
        {
            _bytes.AsSpan(start, length).CopyTo(_bytes.AsSpan(start + missing));
        }

        _bytes.AsSpan(spaces, missing).Fill((byte)' ');
        Length += missing;
    }

    /// <summary>Makes spaces of control characters, line breaks among them.</summary>
    internal void MakeOneLine()
    {
        Span<byte> rest = _bytes.AsSpan(0, Length);
        int control = rest.IndexOfAny(Controls);
        while (control >= 0)
        {
            rest[control] = (byte)' ';
            rest = rest[(control + 1)..];
            control = rest.IndexOfAny(Controls);
        }
    }

    internal void EnsureRoom(int bytes)
    {
        if (_bytes.Length - Length < bytes)
        {
            Grow(bytes);
        }
    }

    /// <summary>Copies the beginning of something that is longer by <see cref="BlockBytes"/> to where there is as much more room.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void CopyBlocks(ReadOnlySpan<byte> source, Span<byte> target, int length)
    {
        for (int at = 0; at < length; at += BlockBytes)
        {
            Vector256.Create(source[at..]).CopyTo(target[at..]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int bytes) => Array.Resize(ref _bytes, Math.Max(checked(Length + bytes), _bytes.Length * 2));
}
