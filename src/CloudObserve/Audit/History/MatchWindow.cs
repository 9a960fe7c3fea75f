namespace CloudObserve.Audit.History;

/// <summary>The last matches of a file that is read forward: the first ones of a page that is read backward. Older ones make room.</summary>
/// <threadsafety>For one thread.</threadsafety>
internal sealed class MatchWindow
{
    /// <summary>What a page may take, so that large records do not make it larger than memory should be.</summary>
    internal const int MaxBytes = 16 * 1024 * 1024;

    private readonly LinkedList<(byte[] Record, PageToken Place)> _matches = [];
    private int _room;
    private long _bytes;

    /// <summary>Gets whether an older match had to make room: the page ends here.</summary>
    internal bool HasOverflowed { get; private set; }

    /// <summary>Begins with another file.</summary>
    /// <param name="room">How many matches the page can still take.</param>
    internal void Clear(int room)
    {
        _room = room;
        _bytes = 0;
        _matches.Clear();
    }

    internal void Add(ReadOnlySpan<byte> record, PageToken place)
    {
        _matches.AddLast((record.ToArray(), place));
        _bytes += record.Length;
        while (_matches.Count > _room || (_bytes > MaxBytes && _matches.Count > 1))
        {
            _bytes -= _matches.First!.Value.Record.Length;
            _matches.RemoveFirst();
            HasOverflowed = true;
        }
    }

    /// <summary>Gets the matches, the newest first.</summary>
    internal IEnumerable<(byte[] Record, PageToken Place)> Backward()
    {
        for (LinkedListNode<(byte[] Record, PageToken Place)>? node = _matches.Last; node is not null; node = node.Previous)
        {
            yield return node.Value;
        }
    }
}
