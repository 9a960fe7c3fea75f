namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Reads an event once, as strictly as RFC 8259, and tests the values at the fields of the patterns.</summary>
internal ref struct EventScanner
{
    private readonly ReadOnlySpan<byte> _json;
    private readonly PathNode[] _nodes;
    private readonly FieldTests[] _fields;
    private readonly MatchState _state;
    private JsonTokens _tokens;

    internal EventScanner(ReadOnlySpan<byte> json, EventMatcher matcher, MatchState state)
    {
        _json = json;
        _tokens = new JsonTokens(json);
        _nodes = matcher.Nodes;
        _fields = matcher.Fields;
        _state = state;
    }

    /// <summary>Reads the event.</summary>
    /// <returns><see langword="false"/> if it is not a JSON object.</returns>
    internal bool Read() => _tokens.Peek() == '{' && ReadObject(0, 0) && _tokens.IsAtEnd();

    private bool ReadObject(int node, int element)
    {
        if (!_tokens.TryEnter())
        {
            return false;
        }

        int number = _state.NextObject();
        if (_tokens.TryLeave('}'))
        {
            return true;
        }

        do
        {
            if (!_tokens.TryName(out ReadOnlySpan<byte> name, out bool isEscaped))
            {
                return false;
            }

            int target = Find(node, isEscaped ? _state.Unescape(name) : name);
            if (target < 0 ? !_tokens.Skip() : !ReadMember(target, element, number))
            {
                return false;
            }
        }
        while (_tokens.TryTake(','));

        return _tokens.TryLeave('}');
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
        switch (_tokens.Peek())
        {
            case (byte)'{':
                return _nodes[node].Children.Length > 0 ? ReadObject(node, element) : _tokens.Skip();
            case (byte)'[':
                return ReadArray(node, element);
            default:
                return field < 0 ? _tokens.TakeScalar() : ReadScalar(field, element);
        }
    }

    private bool ReadArray(int node, int element)
    {
        if (!_tokens.TryEnter())
        {
            return false;
        }

        int array = _state.NextArray();
        if (_tokens.TryLeave(']'))
        {
            return true;
        }

        do
        {
            int inner = _tokens.Peek() is (byte)'{' or (byte)'[' ? _state.AddElement(element, array, node) : 0;
            bool isRead = ReadValue(node, inner > 0 ? inner : element);
            if (!isRead)
            {
                return false;
            }

            _state.Elements[inner].EndValue = _state.Values.Count;
        }
        while (_tokens.TryTake(','));

        return _tokens.TryLeave(']');
    }

    private bool ReadScalar(int field, int element)
    {
        int start = _tokens.Position;
        byte first = _tokens.Peek();
        if (first == '"')
        {
            if (!_tokens.TakeString(out bool isEscaped))
            {
                return false;
            }

            _state.AddValue(field, element, start, _tokens.Position - start);
            _fields[field].TestText(_json[(start + 1)..(_tokens.Position - 1)], isEscaped, _state);
            return true;
        }

        if (!_tokens.TakeScalar())
        {
            return false;
        }

        _state.AddValue(field, element, start, _tokens.Position - start);
        if (first is (byte)'t' or (byte)'f' or (byte)'n')
        {
            _fields[field].TestWord(first, _state);
        }
        else
        {
            _fields[field].TestNumber(_json[start.._tokens.Position], _state);
        }

        return true;
    }
}
