using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Reads an event once, as strictly as RFC 8259, and tests the values at the fields of the patterns.</summary>
internal ref struct EventScanner
{
    private const int BitsOfWord = 64;

    // The bytes that end a run of plain characters in a string: a quotation mark, an escape, or a control character, which is a fault.
    private static readonly SearchValues<byte> StringStops =
        SearchValues.Create([.. Enumerable.Range(0, 32).Select(static i => (byte)i), (byte)'"', (byte)'\\']);

    private readonly ReadOnlySpan<byte> _json;
    private readonly PathNode[] _nodes;
    private readonly FieldTests[] _fields;
    private readonly MatchState _state;
    private int _position;
    private int _depth;

    internal EventScanner(ReadOnlySpan<byte> json, EventMatcher matcher, MatchState state)
    {
        _json = json;
        _nodes = matcher.Nodes;
        _fields = matcher.Fields;
        _state = state;
    }

    /// <summary>Reads the event.</summary>
    /// <returns><see langword="false"/> if it is not a JSON object.</returns>
    internal bool Read() => Peek() == '{' && ReadObject(0, 0) && Peek() == 0 && _position == _json.Length;

    private bool ReadObject(int node, int element)
    {
        if (_depth == EventPatternLimits.MaxDepth)
        {
            return false;
        }

        int number = _state.NextObject();
        _depth++;
        _position++;
        if (Peek() == '}')
        {
            return Leave();
        }

        do
        {
            if (!TryName(out ReadOnlySpan<byte> name, out bool isEscaped))
            {
                return false;
            }

            int target = Find(node, isEscaped ? _state.Unescape(name) : name);
            if (target < 0 ? !Skip() : !ReadMember(target, element, number))
            {
                return false;
            }
        }
        while (TryTake(','));

        return Peek() == '}' && Leave();
    }

    private bool ReadMember(int node, int element, int number)
    {
        int key = _state.BeginKey(node, number);
        bool isRead = ReadValue(node, element);
        _state.EndKey(key);
        return isRead;
    }

    private readonly int Find(int node, ReadOnlySpan<byte> name)
    {
        PathNode from = _nodes[node];
        int found = from.Names.Find(name);
        return found >= 0 ? from.Children[found] : name.Contains((byte)'.') ? FindDotted(node, name) : -1;
    }

    private readonly int FindDotted(int node, ReadOnlySpan<byte> name)
    {
        while (true)
        {
            int dot = name.IndexOf((byte)'.');
            int found = _nodes[node].Names.Find(dot < 0 ? name : name[..dot]);
            if (found < 0)
            {
                return -1;
            }

            node = _nodes[node].Children[found];
            if (dot < 0)
            {
                _state.HasDottedKeys = true;
                return node;
            }

            name = name[(dot + 1)..];
        }
    }

    private bool ReadValue(int node, int element)
    {
        int field = _nodes[node].Field;
        switch (Peek())
        {
            case (byte)'{':
                return _nodes[node].Children.Length > 0 ? ReadObject(node, element) : Skip();
            case (byte)'[':
                return ReadArray(node, element);
            default:
                return field < 0 ? TakeScalar() : ReadScalar(field, element);
        }
    }

    private bool ReadArray(int node, int element)
    {
        if (_depth == EventPatternLimits.MaxDepth)
        {
            return false;
        }

        int array = _state.NextArray();
        _depth++;
        _position++;
        if (Peek() == ']')
        {
            return Leave();
        }

        do
        {
            int inner = Peek() is (byte)'{' or (byte)'[' ? _state.AddElement(element, array, node) : 0;
            bool isRead = ReadValue(node, inner > 0 ? inner : element);
            if (!isRead)
            {
                return false;
            }

            _state.Elements[inner].EndValue = _state.Values.Count;
        }
        while (TryTake(','));

        return Peek() == ']' && Leave();
    }

    private bool ReadScalar(int field, int element)
    {
        int start = _position;
        byte first = Peek();
        if (first == '"')
        {
            if (!TakeString(out bool isEscaped))
            {
                return false;
            }

            _state.AddValue(field, element, start, _position - start);
            _fields[field].TestText(_json[(start + 1)..(_position - 1)], isEscaped, _state);
            return true;
        }

        if (!TakeScalar())
        {
            return false;
        }

        _state.AddValue(field, element, start, _position - start);
        if (first is (byte)'t' or (byte)'f' or (byte)'n')
        {
            _fields[field].TestWord(first, _state);
        }
        else
        {
            _fields[field].TestNumber(_json[start.._position], _state);
        }

        return true;
    }

    private bool Leave()
    {
        _depth--;
        _position++;
        return true;
    }

    // Reads over a value of any kind, without recursion.
    private bool Skip()
    {
        if (Peek() is not ((byte)'{' or (byte)'['))
        {
            return TakeScalar();
        }

        Span<ulong> objects = stackalloc ulong[(EventPatternLimits.MaxDepth / BitsOfWord) + 1];
        int outside = _depth;
        bool isObject = false;
        do
        {
            byte first = Peek();
            if (first is (byte)'{' or (byte)'[')
            {
                if (_depth == EventPatternLimits.MaxDepth)
                {
                    return false;
                }

                isObject = first == '{';
                ref ulong word = ref objects[_depth / BitsOfWord];
                ulong bit = 1UL << (_depth % BitsOfWord);
                word = isObject ? word | bit : word & ~bit;
                _depth++;
                _position++;
                if (Peek() != (isObject ? '}' : ']'))
                {
                    if (isObject && !TryName(out _, out _))
                    {
                        return false;
                    }

                    continue;
                }
            }
            else if (!TakeScalar())
            {
                return false;
            }

            if (!GoOn(objects, outside, ref isObject))
            {
                return false;
            }
        }
        while (_depth > outside);

        return true;
    }

    // Behind a value, closes what ends, up to the next value.
    private bool GoOn(scoped ReadOnlySpan<ulong> objects, int outside, ref bool isObject)
    {
        while (_depth > outside)
        {
            byte next = Peek();
            _position++;
            if (next == ',')
            {
                return !isObject || TryName(out _, out _);
            }

            if (next != (isObject ? '}' : ']'))
            {
                return false;
            }

            _depth--;
            isObject = _depth > outside && (objects[(_depth - 1) / BitsOfWord] >> ((_depth - 1) % BitsOfWord) & 1) != 0;
        }

        return true;
    }

    private bool TryName(out ReadOnlySpan<byte> name, out bool isEscaped)
    {
        name = default;
        isEscaped = false;
        if (Peek() != '"')
        {
            return false;
        }

        int start = _position + 1;
        if (!TakeString(out isEscaped))
        {
            return false;
        }

        name = _json[start..(_position - 1)];
        return TryTake(':');
    }

    private bool TakeScalar() => Peek() switch
    {
        (byte)'"' => TakeString(out _),
        (byte)'t' => TakeWord("true"u8),
        (byte)'f' => TakeWord("false"u8),
        (byte)'n' => TakeWord("null"u8),
        _ => TakeNumber(),
    };

    private bool TakeWord(ReadOnlySpan<byte> word)
    {
        bool isWord = _json[_position..].StartsWith(word);
        _position += isWord ? word.Length : 0;
        return isWord;
    }

    private bool TakeString(out bool isEscaped)
    {
        isEscaped = false;
        _position++;
        while (true)
        {
            int run = PlainRun(_json[_position..]);
            _position += run;
            if (run < 0 || _json[_position] < ' ')
            {
                return false;
            }

            if (_json[_position++] == '"')
            {
                return true;
            }

            isEscaped = true;
            if (!TakeEscape())
            {
                return false;
            }
        }
    }

    // Names and most values are short. One comparison of 16 bytes costs less than the call of a search.
    private static int PlainRun(ReadOnlySpan<byte> text)
    {
        if (text.Length >= Vector128<byte>.Count)
        {
            Vector128<byte> bytes = Vector128.Create(text);
            Vector128<byte> stops = Vector128.Equals(bytes, Vector128.Create((byte)'"'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                | Vector128.LessThan(bytes, Vector128.Create((byte)' '));
            uint found = stops.ExtractMostSignificantBits();
            if (found != 0)
            {
                return BitOperations.TrailingZeroCount(found);
            }
        }

        return text.IndexOfAny(StringStops);
    }

    private bool TakeEscape()
    {
        byte escape = Next();
        _position++;
        if (escape != 'u')
        {
            return "\"\\/bfnrt"u8.Contains(escape);
        }

        for (int i = 0; i < 4; i++, _position++)
        {
            if (!char.IsAsciiHexDigit((char)Next()))
            {
                return false;
            }
        }

        return true;
    }

    private bool TakeNumber()
    {
        _position += Next() == '-' ? 1 : 0;
        bool isZero = Next() == '0';
        int whole = TakeDigits();
        if (whole == 0 || (isZero && whole > 1))
        {
            return false;
        }

        if (Next() == '.')
        {
            _position++;
            if (TakeDigits() == 0)
            {
                return false;
            }
        }

        if (Next() is not ((byte)'e' or (byte)'E'))
        {
            return true;
        }

        _position++;
        _position += Next() is (byte)'+' or (byte)'-' ? 1 : 0;
        return TakeDigits() > 0;
    }

    private int TakeDigits()
    {
        int start = _position;
        while (Next() is >= (byte)'0' and <= (byte)'9')
        {
            _position++;
        }

        return _position - start;
    }

    private bool TryTake(char token)
    {
        bool isToken = Peek() == token;
        _position += isToken ? 1 : 0;
        return isToken;
    }

    // Skips white space. Returns the next byte; at the end 0, which cannot stand there in JSON.
    private byte Peek()
    {
        byte next = Next();
        while (next is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _position++;
            next = Next();
        }

        return next;
    }

    private readonly byte Next() => (uint)_position < (uint)_json.Length ? _json[_position] : (byte)0;
}
