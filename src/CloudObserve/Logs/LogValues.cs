using System.Runtime.InteropServices;
using CloudObserve.Logs.Capture;

namespace CloudObserve.Logs;

/// <summary>The values of a log event, a scope or a list, in the order they were given in.</summary>
/// <remarks>Valid as long as the event they come from. Enumerated with <c>foreach</c>, without allocating.</remarks>
public readonly ref struct LogValues
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly TextTable? _texts;
    private readonly bool _named;

    private LogValues(ReadOnlySpan<byte> bytes, int count, MessageTemplate? template, TextTable? texts, bool named)
    {
        _bytes = bytes;
        _texts = texts;
        _named = named;
        Count = count;
        Template = template;
    }

    /// <summary>Gets the number of values.</summary>
    public int Count { get; }

    /// <summary>Gets the template that names the values, if they do not bring their names along.</summary>
    internal MessageTemplate? Template { get; }

    /// <summary>Gets the number of bytes the values take in the record.</summary>
    internal int ByteCount => _bytes.Length;

    /// <summary>Gets the value that begins at a byte, without its name. The names are the template's.</summary>
    internal LogValue At(int position) => new(null, default, _bytes[position..]);

    /// <summary>Gets the tag of the value that begins at a byte, with what else the byte says.</summary>
    internal ValueTag TagAt(int position) => (ValueTag)_bytes[position];

    /// <summary>Reads the value that begins at a byte, whose type its tag has told, and moves behind it.</summary>
    internal T Read<T>(ref int position)
        where T : unmanaged
    {
        position++;
        return RecordReader.Read<T>(_bytes, ref position);
    }

    /// <summary>Reads the text that begins at a byte, and moves behind it.</summary>
    internal ReadOnlySpan<byte> ReadText(ref int position)
    {
        position++;
        return RecordReader.ReadText(_bytes, ref position);
    }

    /// <summary>Moves behind the value that begins at a byte.</summary>
    internal void Skip(ref int position) => RecordReader.SkipValue(_bytes, ref position);

    /// <summary>Gets whether two values may have the same name.</summary>
    internal bool MayRepeatNames => Template?.HasRepeatedNames ?? Count > 1;

    /// <summary>Starts an enumeration.</summary>
    /// <returns>The enumerator.</returns>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Reads a block that <see cref="RecordWriter.BeginValues"/> opened.</summary>
    internal static LogValues Read(ReadOnlySpan<byte> record, scoped ref int position, TextTable texts)
    {
        int start = position;
        int length = RecordReader.Read<int>(record, ref position);
        int template = RecordReader.Read<int>(record, ref position);
        int count = RecordReader.Read<int>(record, ref position);
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

    /// <summary>Goes through the values.</summary>
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

        /// <summary>Gets the value at the current place.</summary>
        public LogValue Current { get; private set; }

        /// <summary>Moves to the next value.</summary>
        /// <returns><see langword="false"/> when there is none.</returns>
        public bool MoveNext()
        {
            if (++_index >= _values.Count)
            {
                return false;
            }

            InternedText? interned = _values.Template?.Holes[_index].Name;
            ReadOnlySpan<byte> name = default;
            if (_values._named)
            {
                int id = RecordReader.Read<int>(_values._bytes, ref _position);
                interned = id == 0 ? null : _values._texts![id];
                name = id == 0 ? RecordReader.ReadText(_values._bytes, ref _position) : default;
            }

            Current = new LogValue(interned, name, _values._bytes[_position..]);
            RecordReader.SkipValue(_values._bytes, ref _position);
            return true;
        }
    }
}
