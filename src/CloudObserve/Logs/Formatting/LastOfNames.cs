using CloudObserve.LogEvents.Text;

namespace CloudObserve.Logs.Formatting;

/// <summary>Finds the last occurrence of each name in a sequence, in time proportional to its length.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class LastOfNames
{
    // Memory for more entries than this is released after the event.
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
        // Seeded per process, so that an attacker cannot choose names that collide.
        HashCode code = default;
        code.AddBytes(name);
        int hash = code.ToHashCode();
        int index = _entries.Count;
        int before = _newest.GetValueOrDefault(hash, None);
        _entries.Add(new Entry(_names.Length, name.Length, before, IsLast: true));
        _names.Append(name);
        _newest[hash] = index;

        // Different names with the same hash are rare.
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

    /// <summary>Returns whether no equal name was added later.</summary>
    internal bool IsLast(int index) => _entries[index].IsLast;

    private readonly record struct Entry(int Start, int Length, int Before, bool IsLast);
}
