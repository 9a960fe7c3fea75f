namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Holds the facts about one event while it is matched. Its memory is used again for the next event of the thread.</summary>
/// <threadsafety>Used by one thread at a time.</threadsafety>
internal sealed class MatchState
{
    // Enough for an event of 256 KB that consists of one-digit values.
    private const int MaxKept = 256 * 1024;

    [ThreadStatic]
    private static MatchState? _ofThread;

    private readonly MatchList<ValueCounts> _tests = new();
    private readonly MatchList<ValueCounts> _fields = new();
    private readonly MatchList<int> _keysOfNodes = new();
    private readonly MatchList<int> _usedNodes = new();
    private readonly MatchList<EventKey> _keys = new();
    private readonly MatchList<int> _hits = new();
    private readonly MatchList<int> _sorted = new();
    private readonly MatchList<long> _triedAlternatives = new();
    private readonly MatchList<long> _matchedPatterns = new();
    private byte[] _text = new byte[256];
    private byte[] _folded = new byte[256];
    private byte[] _reversed = new byte[256];
    private long _event;
    private int _objects;
    private int _arrays;
    private bool _isSorted;

    private MatchState()
    {
    }

    /// <summary>Gets the values of the event at the fields of the patterns.</summary>
    internal MatchList<EventValue> Values { get; } = new();

    /// <summary>Gets the elements of arrays; the first stands for no element.</summary>
    internal MatchList<ArrayElement> Elements { get; } = new();

    /// <summary>Gets the tests that found a value.</summary>
    internal MatchList<int> HitTests { get; } = new();

    /// <summary>Gets the fields that have a value.</summary>
    internal MatchList<int> SeenFields { get; } = new();

    /// <summary>Gets the numbers of the patterns that match.</summary>
    internal MatchList<int> Matches { get; } = new();

    /// <summary>Gets the search for values in the same elements.</summary>
    internal ElementSearch Search { get; } = new();

    /// <summary>Gets or sets a value indicating whether a key of the event has a dot and leads to a field.</summary>
    internal bool HasDottedKeys { get; set; }

    /// <summary>Returns the state of this thread, ready for an event.</summary>
    internal static MatchState Rent(EventMatcher matcher)
    {
        MatchState state = _ofThread ?? new MatchState();
        _ofThread = null;
        Grow(state._tests, matcher.Tests);
        Grow(state._fields, matcher.Fields.Length);
        Grow(state._keysOfNodes, matcher.Nodes.Length);
        Grow(state._triedAlternatives, matcher.Alternatives.Length);
        Grow(state._matchedPatterns, matcher.Patterns);
        state._event++;
        _ = state.Elements.Add(default);
        return state;
    }

    /// <summary>Makes the state ready for the next event of the thread.</summary>
    internal void Clear()
    {
        foreach (int test in HitTests.Items)
        {
            _tests[test] = default;
        }

        foreach (int field in SeenFields.Items)
        {
            _fields[field] = default;
        }

        foreach (int node in _usedNodes.Items)
        {
            _keysOfNodes[node] = 0;
        }

        HitTests.Clear();
        SeenFields.Clear();
        _usedNodes.Clear();
        Matches.Clear();
        _keys.Clear();
        _hits.Clear();
        Values.Clear();
        Elements.Clear();
        _objects = _arrays = 0;
        HasDottedKeys = _isSorted = false;
        Trim();
        _ofThread = this;
    }

    /// <summary>Notes that a test found the current value.</summary>
    internal void Hit(int test)
    {
        ref ValueCounts counts = ref _tests[test];
        if (counts.Mark == Values.Count)
        {
            return;
        }

        if (counts.Mark == 0)
        {
            _ = HitTests.Add(test);
        }

        counts.Mark = Values.Count;
        counts.All++;
        counts.Root += Values[Values.Count - 1].Element == 0 ? 1 : 0;
        _ = _hits.Add(test);
    }

    /// <summary>Adds the current value.</summary>
    internal void AddValue(int field, int element, int start, int length)
    {
        ref ValueCounts counts = ref _fields[field];
        if (counts.Mark == 0)
        {
            counts.Mark = 1;
            _ = SeenFields.Add(field);
        }

        counts.All++;
        counts.Root += element == 0 ? 1 : 0;
        _ = Values.Add(new EventValue(field, element, _hits.Count, start, length));
    }

    internal int NextObject() => _objects++;

    internal int NextArray() => _arrays++;

    internal int AddElement(int parent, int array, int node)
    {
        _ = Elements.Add(new ArrayElement(parent, array, node, Elements[parent].Depth + 1, Values.Count, 0));
        return Elements.Count - 1;
    }

    /// <summary>Begins the value of a key. If the object had the key before, the earlier value is dropped.</summary>
    /// <returns>The number of the key, for <see cref="EndKey"/>.</returns>
    internal int BeginKey(int node, int ofObject)
    {
        int last = _keysOfNodes[node] - 1;

        // Keys of inner objects can lead to the same node only if keys have dots.
        int key = last;
        while (key >= 0 && _keys[key].Object > ofObject)
        {
            key = _keys[key].Previous;
        }

        if (key >= 0 && _keys[key].Object == ofObject)
        {
            Drop(_keys[key].FirstValue, _keys[key].EndValue);
            _keys[key].FirstValue = Values.Count;
            return key;
        }

        if (last < 0)
        {
            _ = _usedNodes.Add(node);
        }

        _ = _keys.Add(new EventKey(ofObject, Values.Count, 0, last));
        _keysOfNodes[node] = _keys.Count;
        return _keys.Count - 1;
    }

    internal void EndKey(int key) => _keys[key].EndValue = Values.Count;

    /// <summary>Returns the number of values of a condition's field.</summary>
    internal ref readonly ValueCounts Counts(FieldCondition condition) => ref _fields[condition.Field];

    /// <summary>Returns whether a value satisfies a condition.</summary>
    internal bool Holds(FieldCondition condition)
    {
        int all = _fields[condition.Field].All;
        if (all == 0)
        {
            return false;
        }

        bool holds = condition.AcceptsAny;
        foreach (int test in condition.Positives)
        {
            holds |= _tests[test].All > 0;
        }

        foreach (int test in condition.Negatives)
        {
            holds |= _tests[test].All < all;
        }

        return holds;
    }

    /// <summary>Returns whether a value that is in no element of an array satisfies a condition.</summary>
    internal bool HoldsAtRoot(FieldCondition condition)
    {
        int root = _fields[condition.Field].Root;
        if (root == 0)
        {
            return false;
        }

        bool holds = condition.AcceptsAny;
        foreach (int test in condition.Positives)
        {
            holds |= _tests[test].Root > 0;
        }

        foreach (int test in condition.Negatives)
        {
            holds |= _tests[test].Root < root;
        }

        return holds;
    }

    /// <summary>Returns whether one value satisfies a condition.</summary>
    internal bool Holds(FieldCondition condition, int value)
    {
        int end = value + 1 < Values.Count ? Values[value + 1].FirstHit : _hits.Count;
        ReadOnlySpan<int> hits = _hits.Items[Values[value].FirstHit..end];
        bool holds = condition.AcceptsAny;
        foreach (int test in condition.Positives)
        {
            holds |= hits.Contains(test);
        }

        foreach (int test in condition.Negatives)
        {
            holds |= !hits.Contains(test);
        }

        return holds;
    }

    /// <summary>Returns the numbers of the values of a condition's field in the order of the event.</summary>
    internal ReadOnlySpan<int> ValuesOf(FieldCondition condition)
    {
        if (!_isSorted)
        {
            Sort();
        }

        ref ValueCounts counts = ref _fields[condition.Field];
        return counts.All == 0 ? [] : _sorted.Items.Slice(counts.Mark - counts.All, counts.All);
    }

    /// <summary>Returns whether an alternative is still to be looked at.</summary>
    internal bool Begin(int alternative, int pattern)
    {
        if (_triedAlternatives[alternative] == _event || _matchedPatterns[pattern] == _event)
        {
            return false;
        }

        _triedAlternatives[alternative] = _event;
        return true;
    }

    internal void AddMatch(int pattern)
    {
        _matchedPatterns[pattern] = _event;
        _ = Matches.Add(pattern);
    }

    /// <summary>Unescapes a string. The result is valid until the next call.</summary>
    internal ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> raw) => Room(ref _text, raw.Length)[..Wtf8.Unescape(raw, _text)];

    /// <summary>Returns a text with ASCII letters in lower case. The result is valid until the next call.</summary>
    internal Span<byte> Fold(ReadOnlySpan<byte> text)
    {
        Span<byte> folded = Room(ref _folded, text.Length)[..text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            folded[i] = CaselessText.Fold(text[i]);
        }

        return folded;
    }

    /// <summary>Returns the last bytes of a text in reverse. The result is valid until the next call.</summary>
    internal ReadOnlySpan<byte> Reverse(ReadOnlySpan<byte> text, int maxLength)
    {
        ReadOnlySpan<byte> end = text[^Math.Min(text.Length, maxLength)..];
        Span<byte> reversed = Room(ref _reversed, end.Length)[..end.Length];
        end.CopyTo(reversed);
        reversed.Reverse();
        return reversed;
    }

    private static Span<byte> Room(ref byte[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = GC.AllocateUninitializedArray<byte>(Math.Max(length, buffer.Length * 2));
        }

        return buffer;
    }

    // New items of an array are zero, and those of an event are set to zero behind it.
    private static void Grow<T>(MatchList<T> list, int count)
        where T : struct
    {
        if (list.Count < count)
        {
            list.Resize(count);
        }
    }

    private void Drop(int first, int end)
    {
        for (int value = first; value < end; value++)
        {
            ref EventValue dropped = ref Values[value];
            if (dropped.Field < 0)
            {
                continue;
            }

            int root = dropped.Element == 0 ? 1 : 0;
            ref ValueCounts field = ref _fields[dropped.Field];
            field.All--;
            field.Root -= root;
            int hitEnd = value + 1 < Values.Count ? Values[value + 1].FirstHit : _hits.Count;
            foreach (int test in _hits.Items[dropped.FirstHit..hitEnd])
            {
                _tests[test].All--;
                _tests[test].Root -= root;
            }

            dropped.Field = -1;
        }
    }

    // Counts tell the place of each field's values. Filling in moves the mark of a field behind its last value.
    private void Sort()
    {
        _isSorted = true;
        int start = 0;
        foreach (int field in SeenFields.Items)
        {
            _fields[field].Mark = start;
            start += _fields[field].All;
        }

        _sorted.Resize(start);
        for (int value = 0; value < Values.Count; value++)
        {
            if (Values[value].Field is >= 0 and int field)
            {
                _sorted[_fields[field].Mark++] = value;
            }
        }
    }

    private void Trim()
    {
        Values.Trim(MaxKept);
        Elements.Trim(MaxKept);
        _hits.Trim(MaxKept * 4);
        _keys.Trim(MaxKept);
        _sorted.Trim(MaxKept);
        _text = _text.Length > MaxKept * 4 ? new byte[256] : _text;
        _folded = _folded.Length > MaxKept * 4 ? new byte[256] : _folded;
    }
}
