namespace CloudObserve.Audit.History;

/// <summary>Holds the last matches of a file that is read forward.</summary>
/// <remarks>They are the first matches of a page that is read backward; older ones are dropped when it is full.</remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class MatchWindow
{
    /// <summary>The largest size of a page in bytes, which limits the memory for large records.</summary>
    internal const int MaxBytes = 16 * 1024 * 1024;

    private readonly LinkedList<(byte[] Record, AuditPageToken Place)> _matches = [];
    private int _room;
    private long _bytes;

    /// <summary>Gets whether an older match was dropped.</summary>
    /// <remarks>Then the page ends here.</remarks>
    internal bool HasOverflowed { get; private set; }

    /// <summary>Starts another file.</summary>
    /// <param name="room">The number of further matches that the page can take.</param>
    internal void Clear(int room)
    {
        _room = room;
        _bytes = 0;
        _matches.Clear();
    }

    internal void Add(ReadOnlySpan<byte> record, AuditPageToken place)
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

    /// <summary>Returns the matches, newest first.</summary>
    internal IEnumerable<(byte[] Record, AuditPageToken Place)> Backward()
    {
        for (LinkedListNode<(byte[] Record, AuditPageToken Place)>? node = _matches.Last; node is not null; node = node.Previous)
        {
            yield return node.Value;
        }
    }
}
