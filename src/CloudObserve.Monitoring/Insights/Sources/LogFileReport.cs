namespace CloudObserve.Monitoring.Insights.Sources;

/// <summary>Collects what went wrong while files were read.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class LogFileReport
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _faults = new(StringComparer.Ordinal);
    private long _tooLong;

    internal long TooLongLines => Interlocked.Read(ref _tooLong);

    internal IReadOnlyList<KeyValuePair<string, string>> Faults
    {
        get
        {
            lock (_lock)
            {
                return [.. _faults.OrderBy(static fault => fault.Key, StringComparer.Ordinal)];
            }
        }
    }

    internal void CountTooLong() => Interlocked.Increment(ref _tooLong);

    internal void Add(string file, string reason)
    {
        lock (_lock)
        {
            _ = _faults.TryAdd(file, reason);
        }
    }
}
