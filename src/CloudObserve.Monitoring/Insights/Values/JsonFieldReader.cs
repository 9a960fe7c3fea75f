using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace CloudObserve.Monitoring.Insights.Values;

/// <summary>Reads chosen fields of a JSON object by their flattened names, such as <c>err.code</c> or <c>tags.0</c>.</summary>
/// <remarks>
/// A message whose first character is not a brace, or that is not valid JSON to its end, has no fields. Of a name that stands twice, the
/// last value counts. A field of the log whose name begins with <c>@</c> is called <c>@@</c>. An event has at most
/// <see cref="MaxFields"/> fields.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class JsonFieldReader
{
    /// <summary>The number of fields that CloudWatch Logs extracts from an event.</summary>
    internal const int MaxFields = 200;

    private const int MaxDepth = 1_000;

    private readonly byte[][] _names;
    private readonly int[] _slots;
    private readonly List<int> _candidates = [];
    private readonly List<Frame> _frames = [];
    private byte[] _scratch = new byte[64];
    private byte[] _buffer = [];
    private LogValue[] _values = [];
    private int _origin;
    private int _fields;
    private bool _isMessage;

    /// <param name="names">The flattened names.</param>
    /// <param name="slots">The index of each name's value.</param>
    internal JsonFieldReader(IEnumerable<string> names, IEnumerable<int> slots)
    {
        _names = [.. names.Select(Encoding.UTF8.GetBytes)];
        _slots = [.. slots];
    }

    /// <summary>Reads the fields.</summary>
    /// <param name="buffer">The buffer with the message. The values are slices of it.</param>
    /// <param name="start">The start of the message.</param>
    /// <param name="length">The length of the message.</param>
    /// <param name="values">The values, of which those of the chosen fields are set.</param>
    /// <param name="isMessage">Whether the JSON is a message, which must be an object, and whose names may begin with @.</param>
    internal void Read(byte[] buffer, int start, int length, LogValue[] values, bool isMessage = true)
    {
        (_buffer, _origin, _values, _isMessage) = (buffer, start, values, isMessage);
        Clear();
        ReadOnlySpan<byte> json = buffer.AsSpan(start, length).TrimStart(" \t\r\n"u8);
        if (_names.Length == 0 || json.IsEmpty || (json[0] != '{' && (isMessage || json[0] != '[')))
        {
            return;
        }

        _origin = start + length - json.Length;
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            ReadAll(ref reader);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The message is not JSON. A name or a text that is not UTF-8 is an InvalidOperationException.
            Clear();
        }
    }

    private void Clear()
    {
        foreach (int slot in _slots)
        {
            _values[slot] = LogValue.Missing;
        }
    }

    private void ReadAll(ref Utf8JsonReader reader)
    {
        _candidates.Clear();
        _frames.Clear();
        _fields = 0;
        _ = reader.Read();
        for (int i = 0; i < _names.Length; i++)
        {
            _candidates.Add(i);
        }

        int count = _candidates.Count;
        _frames.Add(new Frame(0, count, count, 0, reader.TokenType == JsonTokenType.StartArray, 0));
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    Enter(ref reader);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    Leave(ref reader);
                    break;
                default:
                    ReadElement(ref reader);
                    break;
            }
        }
    }

    private void ReadElement(ref Utf8JsonReader reader)
    {
        Frame frame = _frames[^1];
        Span<byte> index = stackalloc byte[10];
        _ = Utf8Formatter.TryFormat(frame.Index, index, out int digits);
        _frames[^1] = frame with { Index = frame.Index + 1 };
        ReadValue(ref reader, frame, index[..digits]);
    }

    private void Enter(ref Utf8JsonReader reader)
    {
        Frame frame = _frames[^1];
        ReadOnlySpan<byte> name = reader.ValueSpan;
        if (frame.From < frame.Partial && (reader.ValueIsEscaped || IsSystemName(name)))
        {
            Reserve(name.Length + 1);
            _scratch[0] = (byte)'@';
            int length = reader.CopyString(_scratch.AsSpan(1));
            name = _scratch.AsSpan(1, length);
            name = IsSystemName(name) ? _scratch.AsSpan(0, length + 1) : name;
        }

        _ = reader.Read();
        ReadValue(ref reader, frame, name);
    }

    private bool IsSystemName(ReadOnlySpan<byte> name) => _isMessage && _frames.Count == 1 && name.Length > 0 && name[0] == '@';

    private void Reserve(int length)
    {
        if (_scratch.Length < length)
        {
            _scratch = new byte[length * 2];
        }
    }

    private void ReadValue(ref Utf8JsonReader reader, in Frame frame, scoped ReadOnlySpan<byte> name)
    {
        bool isContainer = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
        int from = _candidates.Count;
        if (frame.From < frame.Partial)
        {
            Match(frame, name, isPrefix: true);
        }

        int partial = _candidates.Count;
        if (frame.From < frame.Partial)
        {
            Match(frame, name, isPrefix: false);
        }

        if (isContainer)
        {
            bool isArray = reader.TokenType == JsonTokenType.StartArray;
            int offset = frame.Offset + name.Length + 1;
            _frames.Add(new Frame(from, partial, _candidates.Count, offset, isArray, (int)reader.TokenStartIndex));
            return;
        }

        if ((++_fields <= MaxFields || !_isMessage) && partial < _candidates.Count)
        {
            LogValue value = Primitive(ref reader);
            for (int i = partial; i < _candidates.Count; i++)
            {
                _values[_slots[_candidates[i]]] = value;
            }
        }

        _candidates.RemoveRange(from, _candidates.Count - from);
    }

    private void Match(in Frame frame, scoped ReadOnlySpan<byte> name, bool isPrefix)
    {
        for (int i = frame.From; i < frame.Partial; i++)
        {
            ReadOnlySpan<byte> rest = _names[_candidates[i]].AsSpan(frame.Offset);
            if (rest.StartsWith(name) && (isPrefix ? rest.Length > name.Length && rest[name.Length] == '.' : rest.Length == name.Length))
            {
                _candidates.Add(_candidates[i]);
            }
        }
    }

    private void Leave(ref Utf8JsonReader reader)
    {
        Frame frame = _frames[^1];
        _frames.RemoveAt(_frames.Count - 1);
        if (_frames.Count == 0)
        {
            return;
        }

        for (int i = frame.Partial; i < frame.To && (_fields <= MaxFields || !_isMessage); i++)
        {
            int length = (int)reader.BytesConsumed - frame.Start;
            _values[_slots[_candidates[i]]] = LogValue.FromStructure(_buffer, _origin + frame.Start, length);
        }

        _candidates.RemoveRange(frame.From, frame.To - frame.From);
    }

    private LogValue Primitive(ref Utf8JsonReader reader)
    {
        int start = _origin + (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.True or JsonTokenType.False:
                return LogValue.From(reader.TokenType == JsonTokenType.True);
            case JsonTokenType.Number:
                bool isNumber = LogNumbers.TryParse(reader.ValueSpan, out double number);
                return isNumber && !LogNumbers.LosesDigits(reader.ValueSpan, number)
                    ? LogValue.From(number)
                    : LogValue.FromText(_buffer, start, reader.ValueSpan.Length);
            case JsonTokenType.String when reader.ValueIsEscaped:
                byte[] text = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
                int length = reader.CopyString(text);
                LogValue unescaped = LogValue.FromText(text.AsSpan(0, length).ToArray());
                ArrayPool<byte>.Shared.Return(text);
                return unescaped;
            case JsonTokenType.String:
                return LogValue.FromText(_buffer, start + 1, reader.ValueSpan.Length);
            default:
                return LogValue.Missing;
        }
    }

    /// <summary>A container that is being read. Its candidates are the names that may continue in it, and then the names that it
    /// is.</summary>
    private readonly record struct Frame(int From, int Partial, int To, int Offset, bool IsArray, int Start)
    {
        internal int Index { get; init; }
    }
}
