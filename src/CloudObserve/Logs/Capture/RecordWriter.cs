using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Unicode;

namespace CloudObserve.Logs.Capture;

/// <summary>Writes one captured record into memory that is kept for the next one.</summary>
/// <remarks>
/// A record never grows past its limit because of a text: the text is cut, between characters, and the record is marked. What is cut here
/// is far above what CloudWatch takes as one event, so the shortener would have cut it anyway.
/// </remarks>
/// <threadsafety>Not safe for concurrent use; each thread has its own.</threadsafety>
internal sealed class RecordWriter
{
    private const int InitialBytes = 1024;

    // A thread that once logged something large does not keep that much memory for ever.
    private const int MaxKeptBytes = 64 * 1024;

    private const int MaxBytesPerChar = 3;
    private const int ShortText = 32;
    private const int MaxAscii = 0x7F;
    private const ushort BeyondAscii = 0xFF80;

    private byte[] _buffer = new byte[InitialBytes];
    private int _length;
    private int _limit;
    private int _textLimit;

    /// <summary>The fixed part, written by <see cref="Finish"/>.</summary>
    internal RecordHeader Header;

    /// <summary>Gets the texts that may be referred to by id.</summary>
    internal TextTable Texts { get; private set; } = null!;

    /// <summary>Gets the trace the call belongs to.</summary>
    internal string? TraceId { get; private set; }

    /// <summary>Gets the span the call belongs to.</summary>
    internal string? SpanId { get; private set; }

    /// <summary>Gets where the next byte goes.</summary>
    internal int Position => _length;

    /// <summary>Gets whether there is no room for further text.</summary>
    internal bool IsFull => _length >= _limit;

    internal void Begin(TextTable texts, int maxBytes)
    {
        Texts = texts;
        Header = default;
        _limit = maxBytes;

        // One text may take half, so that what follows it has room too.
        _textLimit = maxBytes / 2;
        _length = Unsafe.SizeOf<RecordHeader>();
    }

    /// <summary>Completes the record. It is valid until the next <see cref="Begin"/> or <see cref="Reset"/>.</summary>
    internal ReadOnlySpan<byte> Finish()
    {
        MemoryMarshal.Write(_buffer, in Header);
        return _buffer.AsSpan(0, _length);
    }

    /// <summary>Writes the ids of the current activity, which is the first thing behind the header.</summary>
    internal void WriteTrace(string traceId, string spanId)
    {
        Header.HasTrace = true;
        TraceId = traceId;
        SpanId = spanId;
        WriteAscii(traceId);
        WriteAscii(spanId);
    }

    /// <summary>Lets go of everything that belongs to the record.</summary>
    internal void Reset()
    {
        Texts = null!;
        TraceId = null;
        SpanId = null;
        if (_buffer.Length > MaxKeptBytes)
        {
            _buffer = new byte[InitialBytes];
        }
    }

    internal void Write(ValueTag tag)
    {
        EnsureRoom(1);
        _buffer[_length++] = (byte)tag;
    }

    internal void Write<T>(T value)
        where T : unmanaged
    {
        EnsureRoom(Unsafe.SizeOf<T>());
        MemoryMarshal.Write(_buffer.AsSpan(_length), in value);
        _length += Unsafe.SizeOf<T>();
    }

    internal void Write<T>(ValueTag tag, T value)
        where T : unmanaged
    {
        EnsureRoom(1 + Unsafe.SizeOf<T>());
        _buffer[_length] = (byte)tag;
        MemoryMarshal.Write(_buffer.AsSpan(_length + 1), in value);
        _length += 1 + Unsafe.SizeOf<T>();
    }

    /// <summary>Fills in what was not known when its place was written.</summary>
    internal void Patch(int position, int value) => MemoryMarshal.Write(_buffer.AsSpan(position), in value);

    /// <summary>Writes a text as its length in bytes and UTF-8. Lone surrogates, which UTF-8 cannot hold, become U+FFFD.</summary>
    internal void WriteText(ReadOnlySpan<char> text)
    {
        if (text.Length <= ShortText && _length + sizeof(int) + ShortText <= _limit)
        {
            // Most values are a word, and calling the transcoder costs as much as the word.
            EnsureRoom(sizeof(int) + ShortText);
            if (TryNarrow(text, _buffer.AsSpan(_length + sizeof(int), ShortText)))
            {
                MemoryMarshal.Write(_buffer.AsSpan(_length), text.Length);
                _length += sizeof(int) + text.Length;
                return;
            }
        }

        int room = Math.Min(_textLimit, Math.Max(_limit - _length, 0));
        long needed = Math.Min((long)text.Length * MaxBytesPerChar, room);
        EnsureRoom(sizeof(int) + (int)needed);
        Span<byte> place = _buffer.AsSpan(_length + sizeof(int), (int)needed);
        if (Utf8.FromUtf16(text, place, out _, out int written) == OperationStatus.DestinationTooSmall)
        {
            Header.Truncated = true;
        }

        MemoryMarshal.Write(_buffer.AsSpan(_length), in written);
        _length += sizeof(int) + written;
    }

    // Eight characters at a time; the last eight may overlap those before.
    private static bool TryNarrow(ReadOnlySpan<char> text, Span<byte> target)
    {
        if (text.Length < Vector128<ushort>.Count)
        {
            return TryNarrowOneByOne(text, target);
        }

        ReadOnlySpan<ushort> source = MemoryMarshal.Cast<char, ushort>(text);
        Vector128<ushort> seen = Vector128<ushort>.Zero;
        int last = source.Length - Vector128<ushort>.Count;
        for (int i = 0; i < last; i += Vector128<ushort>.Count)
        {
            seen |= Narrow(source, i, target);
        }

        return ((seen | Narrow(source, last, target)) & Vector128.Create(BeyondAscii)) == Vector128<ushort>.Zero;
    }

    private static Vector128<ushort> Narrow(ReadOnlySpan<ushort> source, int at, Span<byte> target)
    {
        Vector128<ushort> characters = Vector128.Create(source.Slice(at, Vector128<ushort>.Count));
        MemoryMarshal.Write(target[at..], Vector128.Narrow(characters, characters).AsUInt64().ToScalar());
        return characters;
    }

    private static bool TryNarrowOneByOne(ReadOnlySpan<char> text, Span<byte> target)
    {
        int seen = 0;
        for (int i = 0; i < text.Length; i++)
        {
            seen |= text[i];
            target[i] = (byte)text[i];
        }

        return seen <= MaxAscii;
    }

    // Without its length, because the length of an id is always the same.
    private void WriteAscii(string text)
    {
        EnsureRoom(text.Length);
        _ = Utf8.FromUtf16(text, _buffer.AsSpan(_length, text.Length), out _, out int written);
        _length += written;
    }

    /// <summary>Gives the reference for a text: its id, or where in the record it has now been written.</summary>
    internal int Refer(string? text, InternedText? interned)
    {
        if (text is null)
        {
            return 0;
        }

        if (interned is not null)
        {
            return interned.Id;
        }

        int offset = _length;
        WriteText(text);
        return -offset;
    }

    /// <summary>Writes a value's name: its id, or 0 and the text.</summary>
    internal void WriteName(string? name)
    {
        name ??= "";
        int id = Texts.Intern(name)?.Id ?? 0;
        Write(id);
        if (id == 0)
        {
            WriteText(name);
        }
    }

    /// <summary>Opens a block of values. Their names are the template's when it has an id, and stand before each value when it has not.</summary>
    internal int BeginValues(int template)
    {
        int start = _length;
        Write(0);
        Write(template);
        Write(0);
        return start;
    }

    internal void EndValues(int start, int count)
    {
        Patch(start, _length - start);
        Patch(start + (2 * sizeof(int)), count);
    }

    private void EnsureRoom(int bytes)
    {
        if (_buffer.Length - _length < bytes)
        {
            Grow(bytes);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int bytes) => Array.Resize(ref _buffer, Math.Max(checked(_length + bytes), _buffer.Length * 2));
}
