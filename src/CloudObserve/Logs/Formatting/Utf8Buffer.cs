using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace CloudObserve.Logs.Formatting;

/// <summary>UTF-8 text being put together, in memory that is kept for the next one.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class Utf8Buffer : IBufferWriter<byte>
{
    private const int InitialBytes = 1024;

    // Enough for any number, time or identifier without a format of its own.
    private const int ShortText = 64;

    private static readonly SearchValues<byte> Controls = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(c => (byte)c), 0x7F]);

    private byte[] _bytes = new byte[InitialBytes];

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Advance(int count) => Length += count;

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

    internal void Append(ReadOnlySpan<byte> text)
    {
        EnsureRoom(text.Length);
        text.CopyTo(_bytes.AsSpan(Length));
        Length += text.Length;
    }

    /// <summary>Appends something again that was written before.</summary>
    internal void Repeat(int start, int length)
    {
        EnsureRoom(length);
        _bytes.AsSpan(start, length).CopyTo(_bytes.AsSpan(Length));
        Length += length;
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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int bytes) => Array.Resize(ref _bytes, Math.Max(checked(Length + bytes), _bytes.Length * 2));
}
