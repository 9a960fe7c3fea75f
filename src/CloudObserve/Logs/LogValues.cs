using System.Runtime.InteropServices;
using CloudObserve.Logs.Capture;

namespace CloudObserve.Logs;

/// <summary>Represents the values of a log event, a scope or a list in their original order.</summary>
/// <remarks>Valid as long as their event. Enumeration with <c>foreach</c> allocates nothing.</remarks>
public readonly ref struct LogValues
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly InternTable? _texts;
    private readonly bool _named;

    private LogValues(ReadOnlySpan<byte> bytes, int count, MessageTemplate? template, InternTable? texts, bool named)
    {
        _bytes = bytes;
        _texts = texts;
        _named = named;
        Count = count;
        Template = template;
    }

    /// <summary>Gets the number of values.</summary>
    public int Count { get; }

    /// <summary>
    /// Gets the template that provides the names of the values, or <see langword="null"/> if the values contain their names.
    /// </summary>
    internal MessageTemplate? Template { get; }

    /// <summary>Gets the size of the values in the record, in bytes.</summary>
    internal int ByteCount => _bytes.Length;

    /// <summary>Returns the value at a position, without its name.</summary>
    /// <remarks>The template provides the names.</remarks>
    internal LogValue At(int position) => new(null, default, _bytes[position..]);

    /// <summary>Returns the tag of the value at a position, including its flags.</summary>
    internal ValueTag TagAt(int position) => (ValueTag)_bytes[position];

    /// <summary>Reads the value at a position, whose type is known from its tag, and advances the position.</summary>
    internal T Read<T>(ref int position)
        where T : unmanaged
    {
        position++;
        return LogRecordReader.Read<T>(_bytes, ref position);
    }

    /// <summary>Reads the text at a position and advances the position.</summary>
    internal ReadOnlySpan<byte> ReadText(ref int position)
    {
        position++;
        return LogRecordReader.ReadText(_bytes, ref position);
    }

    /// <summary>Advances the position after the value at it.</summary>
    internal void Skip(ref int position) => LogRecordReader.SkipValue(_bytes, ref position);

    /// <summary>Gets whether two values may have the same name.</summary>
    internal bool MayRepeatNames => Template?.HasRepeatedNames ?? Count > 1;

    /// <summary>Returns an enumerator.</summary>
    /// <returns>The enumerator.</returns>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Reads a block that <see cref="RecordWriter.BeginValues"/> opened.</summary>
    internal static LogValues Read(ReadOnlySpan<byte> record, scoped ref int position, InternTable texts)
    {
        int start = position;
        int length = LogRecordReader.Read<int>(record, ref position);
        int template = LogRecordReader.Read<int>(record, ref position);
        int count = LogRecordReader.Read<int>(record, ref position);
        ReadOnlySpan<byte> bytes = record[position..(start + length)];
        position = start + length;
        return new LogValues(bytes, count, template == 0 ? null : texts[template].Template, texts, template == 0);
    }

    internal static LogValues OfList(ReadOnlySpan<byte> payload)
    {
        int length = MemoryMarshal.Read<int>(payload);
        int count = MemoryMarshal.Read<int>(payload[sizeof(int)..]);
        return new LogValues(payload[(2 * sizeof(int))..length], count, null, null, false);
    }

    /// <summary>Enumerates the values.</summary>
    public ref struct Enumerator
    {
        private readonly LogValues _values;
        private int _index;
        private int _position;

        internal Enumerator(LogValues values)
        {
            _values = values;
            _index = -1;
        }

        /// <summary>Gets the current value.</summary>
        public LogValue Current { get; private set; }

        /// <summary>Moves to the next value.</summary>
        /// <returns><see langword="false"/> if there is no further value.</returns>
        public bool MoveNext()
        {
            if (++_index >= _values.Count)
            {
                return false;
            }

            InternedString? interned = _values.Template?.Holes[_index].Name;
            ReadOnlySpan<byte> name = default;
            if (_values._named)
            {
                int id = LogRecordReader.Read<int>(_values._bytes, ref _position);
                interned = id == 0 ? null : _values._texts![id];
                name = id == 0 ? LogRecordReader.ReadText(_values._bytes, ref _position) : default;
            }

            Current = new LogValue(interned, name, _values._bytes[_position..]);
            LogRecordReader.SkipValue(_values._bytes, ref _position);
            return true;
        }
    }
}
