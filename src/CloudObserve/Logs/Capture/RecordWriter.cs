using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Unicode;

namespace CloudObserve.Logs.Capture;

/// <summary>Writes one captured record to memory that is reused for the next one.</summary>
/// <remarks>
/// <para>
/// A record never exceeds its limit. Its parts (values, message, scopes, exception) are written in this order, and each may use the space
/// up to the end of its stage. A text that does not fit is truncated between characters. Code that writes a sequence must stop when
/// <see cref="IsFull"/> is true. The record is then marked as truncated. A large text or list leaves some space for small values after it,
/// so that one huge value does not displace the others.
/// </para>
/// <para>The writer also records exceptions of the application's own code.</para>
/// </remarks>
/// <threadsafety>Not safe for concurrent use; each thread has its own writer.</threadsafety>
internal sealed class RecordWriter
{
    private const int InitialBytes = 1024;

    // In bytes. A thread that once logged a large event does not keep more memory than this.
    private const int MaxKeptBytes = 64 * 1024;

    // In bytes. Reserved for lengths, counts and tags when no space is left for texts: at most 64 template values that are only marked as
    // truncated, and the fixed parts of everything that was begun before.
    private const int StructureBytes = 1024;

    // In bytes. The first bytes of any text, up to this many, may use the space that large texts leave, which is one 32nd of a record.
    private const int MaxSmallText = 256;
    private const int SmallTextShare = 1024;
    private const int SmallShare = 32;
    private const int MaxNameLength = 1024;
    private const int ListShare = 4;

    /// <summary>The number of items that may throw before the rest of a list is skipped.</summary>
    internal const int MaxFaultsOfList = 16;

    // An exception costs about 20 microseconds, and code that throws this often will throw again.
    private const int MaxFaults = 1_000;
    private static readonly TimeSpan MaxEnumeration = TimeSpan.FromSeconds(1);

    private const int MaxBytesPerChar = 3;
    private const int ShortText = 32;
    private const int MaxAscii = 0x7F;
    private const ushort BeyondAscii = 0xFF80;

    private byte[] _buffer = new byte[InitialBytes];
    private int _length;
    private int _end;
    private int _textLimit;
    private int _smallText;
    private Room _room;
    private int _faults;
    private long _enumerating;
    private TimeProvider _time = TimeProvider.System;

    /// <summary>The fixed first part; <see cref="Finish"/> writes it.</summary>
    internal LogRecordHeader Header;

    /// <summary>Gets the table of texts that can be referred to by id.</summary>
    internal InternTable Texts { get; private set; } = null!;

    /// <summary>Gets the id of the call's trace.</summary>
    internal string? TraceId { get; private set; }

    /// <summary>Gets the id of the call's span.</summary>
    internal string? SpanId { get; private set; }

    /// <summary>Gets the offset of the next byte.</summary>
    internal int Position => _length;

    /// <summary>Gets whether there is no space for another value.</summary>
    internal bool IsFull => _length >= _room.Limit;

    /// <summary>Gets whether the application's code has thrown too often to be called again for this record.</summary>
    internal bool HasFailedTooOften => _faults >= MaxFaults;

    /// <summary>Gets the first exception of the application's code in this record.</summary>
    internal Exception? FirstFault { get; private set; }

    internal void Begin(InternTable texts, int maxBytes, TimeProvider? time = null)
    {
        Texts = texts;
        Header = default;
        _time = time ?? TimeProvider.System;
        _end = maxBytes - Math.Min(StructureBytes, maxBytes / 4);

        // One text may use half of the record, so that space is left for everything after it.
        _textLimit = maxBytes / 2;
        _length = Unsafe.SizeOf<LogRecordHeader>();
        _smallText = Math.Min(MaxSmallText, _end / SmallTextShare);
        _faults = 0;
        _enumerating = 0;
        Enter(RecordStage.Values);
    }

    /// <summary>Begins the next part of the record.</summary>
    /// <remarks>It may also use the space that earlier parts have left.</remarks>
    internal void Enter(RecordStage stage)
    {
        int limit = (int)((long)_end * (int)stage / (int)RecordStage.Exception);
        _room = new Room(limit, limit - (_end / SmallShare));
    }

    /// <summary>Limits the space to the share of a list.</summary>
    /// <returns>The space outside of the list, for <see cref="LeaveList"/>.</returns>
    internal Room EnterList()
    {
        Room outer = _room;
        int share = Math.Max(Math.Min(outer.LargeLimit - _length, _end / ListShare), _smallText);
        int limit = Math.Min(outer.Limit, _length + share);
        _room = new Room(limit, limit - (share / SmallShare));
        return outer;
    }

    internal void LeaveList(Room outer) => _room = outer;

    /// <summary>Returns whether enumeration of the application's sequences has taken too long.</summary>
    /// <remarks>The time begins with the first call for a record.</remarks>
    internal bool IsLate()
    {
        if (_enumerating == 0)
        {
            _enumerating = _time.GetTimestamp();
            return false;
        }

        return _time.GetElapsedTime(_enumerating) > MaxEnumeration;
    }

    /// <summary>Records an exception of the application's code.</summary>
    /// <returns>The marker that takes the place of the value.</returns>
    internal string Failed(Exception exception)
    {
        FirstFault ??= exception;
        _faults++;
        return $"[failed:{exception.GetType().Name}]";
    }

    /// <summary>Removes everything from an offset on.</summary>
    internal void CutTo(int position) => _length = position;

    /// <summary>Completes the record.</summary>
    /// <remarks>It is valid until the next <see cref="Begin"/> or <see cref="Reset"/>.</remarks>
    internal ReadOnlySpan<byte> Finish()
    {
        MemoryMarshal.Write(_buffer, in Header);
        return _buffer.AsSpan(0, _length);
    }

    /// <summary>Writes the ids of the current activity, which directly follow the header.</summary>
    internal void WriteTrace(string traceId, string spanId)
    {
        Header.HasTrace = true;
        TraceId = traceId;
        SpanId = spanId;
        WriteAscii(traceId);
        WriteAscii(spanId);
    }

    /// <summary>Releases all references that belong to the record.</summary>
    internal void Reset()
    {
        Texts = null!;
        TraceId = null;
        SpanId = null;
        FirstFault = null;
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

    internal void Write(ReadOnlySpan<byte> bytes)
    {
        EnsureRoom(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Writes a number at an offset that was reserved for it.</summary>
    internal void Patch(int position, int value) => MemoryMarshal.Write(_buffer.AsSpan(position), in value);

    /// <summary>Writes a text as its length in bytes and UTF-8.</summary>
    /// <remarks>Lone surrogates, which UTF-8 cannot represent, become U+FFFD.</remarks>
    internal void WriteText(ReadOnlySpan<char> text)
    {
        if (text.Length <= ShortText && _length + sizeof(int) + ShortText <= _room.Limit)
        {
            // Most values are a single word, and the call of the transcoder costs as much as copying the word.
            EnsureRoom(sizeof(int) + ShortText);
            if (TryNarrow(text, _buffer.AsSpan(_length + sizeof(int), ShortText)))
            {
                MemoryMarshal.Write(_buffer.AsSpan(_length), text.Length);
                _length += sizeof(int) + text.Length;
                return;
            }
        }

        int large = _room.LargeLimit - _length;
        int small = Math.Min(_smallText, Math.Max(_room.Limit - _length, 0));
        int room = Math.Min(_textLimit, Math.Max(large, small));
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

    // Eight characters at a time; the last eight may overlap the ones before.
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

    // Without a length, because the length of an id is fixed.
    private void WriteAscii(string text)
    {
        EnsureRoom(text.Length);
        _ = Utf8.FromUtf16(text, _buffer.AsSpan(_length, text.Length), out _, out int written);
        _length += written;
    }

    /// <summary>Returns the reference for a text: its id, or the offset at which it has been written to the record.</summary>
    internal int Refer(string? text, InternedString? interned)
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

    /// <summary>Writes the name of a value: its id, or 0 and the text.</summary>
    internal void WriteName(string? name)
    {
        name ??= "";
        if (name.Length > MaxNameLength)
        {
            name = name[..MaxNameLength];
            Header.Truncated = true;
        }

        int id = Texts.Intern(name)?.Id ?? 0;
        Write(id);
        if (id == 0)
        {
            WriteText(name);
        }
    }

    /// <summary>Opens a block of values.</summary>
    /// <remarks>If the template has an id, the names come from the template; otherwise a name precedes each value.</remarks>
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

    /// <summary>Represents the space that may be used.</summary>
    /// <param name="Limit">The offset at which the space ends.</param>
    /// <param name="LargeLimit">The offset at which it ends for large texts and lists.</param>
    internal readonly record struct Room(int Limit, int LargeLimit);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int bytes) => Array.Resize(ref _buffer, Math.Max(checked(_length + bytes), _buffer.Length * 2));
}
