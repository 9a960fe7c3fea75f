namespace CloudObserve.Logs.Formatting;

/// <summary>Finds, among many names in a row, the last of each, in time proportional to their number.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class LastOfNames
{
    // What one large event needed is not kept for ever.
    private const int MaxKept = 16 * 1024;
    private const int None = -1;

    private readonly Utf8Buffer _names = new();
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<int, int> _newest = [];

    internal void Clear()
    {
        _names.CutTo(0);
        _entries.Clear();
        _newest.Clear();
        if (_entries.Capacity > MaxKept)
        {
            _entries.Capacity = 0;
            _newest.TrimExcess();
            _names.Trim();
        }
    }

    /// <summary>Adds the next name.</summary>
    internal void Add(ReadOnlySpan<byte> name)
    {
        // Seeded by the process, so that no names can be chosen that share a hash.
        HashCode code = default;
        code.AddBytes(name);
        int hash = code.ToHashCode();
        int index = _entries.Count;
        int before = _newest.GetValueOrDefault(hash, None);
        _entries.Add(new Entry(_names.Length, name.Length, before, IsLast: true));
        _names.Append(name);
        _newest[hash] = index;

        // Different names of one hash are few.
        for (int other = before; other != None; other = _entries[other].Before)
        {
            Entry entry = _entries[other];
            if (entry.IsLast && _names.Written.Slice(entry.Start, entry.Length).SequenceEqual(name))
            {
                _entries[other] = entry with { IsLast = false };
                return;
            }
        }
    }

    /// <summary>Tells whether no name added after this one is equal to it.</summary>
    internal bool IsLast(int index) => _entries[index].IsLast;

    private readonly record struct Entry(int Start, int Length, int Before, bool IsLast);
}
