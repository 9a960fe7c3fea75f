namespace CloudObserve.Sinks.Local.Storage;

/// <summary>A log group and its streams, sorted by name.</summary>
/// <threadsafety>Not safe for concurrent use; guarded by the store's lock.</threadsafety>
internal sealed class StoredLogGroup(string name, int? retentionInDays, long createdAt)
{
    private const int ObjectBytes = 512;
    private const long MillisecondsPerDay = 24L * 60 * 60 * 1000;

    private readonly SortedDictionary<string, StoredLogStream> _streams = new(StringComparer.Ordinal);

    internal string Name => name;

    internal int? RetentionInDays => retentionInDays;

    /// <summary>Gets the time of the group's creation, in milliseconds since 1970.</summary>
    internal long CreatedAt => createdAt;

    internal IReadOnlyCollection<StoredLogStream> Streams => _streams.Values;

    internal static long OwnBytes(string name) => ObjectBytes + (2L * name.Length);

    internal StoredLogStream? Find(string stream) => _streams.GetValueOrDefault(stream);

    internal void Add(StoredLogStream stream) => _streams.Add(stream.Name, stream);

    internal void Remove(StoredLogStream stream) => _streams.Remove(stream.Name);

    /// <summary>Removes the expired events.</summary>
    internal void Expire(long now)
    {
        if (retentionInDays is { } days)
        {
            foreach (StoredLogStream stream in _streams.Values)
            {
                stream.DropBefore(now - (days * MillisecondsPerDay));
            }
        }
    }
}
