using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CloudObserve.LogEvents.Text;

/// <summary>Builds UTF-8 text in memory that is reused.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class Utf8Buffer : IBufferWriter<byte>
{
    private const int InitialBytes = 1024;
    private const int MaxKeptBytes = 4 * 1024 * 1024;

    /// <summary>The number of additional bytes that <see cref="AppendBlocks"/> may read and overwrite.</summary>
    internal const int BlockBytes = 32;

    // In bytes: enough for any number, time or identifier without a custom format.
    internal const int ShortText = 64;

    private static readonly SearchValues<byte> Controls = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(c => (byte)c), 0x7F]);

    private byte[] _bytes = new byte[InitialBytes];

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Advance(int count)
    {
        // A formatter of the application may pass any count. An invalid one must fail here, where only its event is lost.
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

    /// <summary>Removes everything after a length.</summary>
    internal void CutTo(int length) => Length = length;

    /// <summary>Removes all text, and releases memory that only a very large event needed.</summary>
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

    /// <summary>Appends the beginning of a longer source, which must have <see cref="BlockBytes"/> additional bytes.</summary>
    /// <remarks>Copying whole blocks is faster for short texts.</remarks>
    internal void AppendBlocks(ReadOnlySpan<byte> padded, int length)
    {
        EnsureRoom(length + BlockBytes);
        CopyBlocks(padded, _bytes.AsSpan(Length), length);
        Length += length;
    }

    /// <summary>Reserves space for more bytes.</summary>
    /// <returns>
    /// The whole memory. The written text is at its beginning; use <see cref="CutTo"/> to set the new length after writing more.
    /// </returns>
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

        // The type comparison is evaluated at JIT time and costs nothing.
        if (typeof(T) == typeof(double) && format is null
            && ShortDecimals.TryWrite((double)(object)value, _bytes.AsSpan(Length), out written))
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

    /// <summary>Writes a number, time or identifier to a target with <see cref="ShortText"/> bytes.</summary>
    /// <returns>The number of bytes written.</returns>
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

    /// <summary>
    /// Pads the text from a position on to a number of UTF-16 characters: on the left if positive, on the right if negative.
    /// </summary>
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

    /// <summary>Replaces control characters, including line breaks, by spaces.</summary>
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

    /// <summary>Copies the beginning of a source.</summary>
    /// <remarks>Source and target must both have <see cref="BlockBytes"/> additional bytes.</remarks>
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
