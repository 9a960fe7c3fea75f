namespace CloudObserve.Diagnostics;

/// <summary>Sums up what comes too often to be said each time: once per interval and kind, with what has come since.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class Digest(TimeSpan interval)
{
    // Kinds are made of signals, reasons and places in our own code, never of the application's data: they are few.
    private readonly Dictionary<(string, string), (DateTimeOffset SaidAt, long Unsaid)> _kinds = [];

    /// <returns>What to say now, or zero if it is too early.</returns>
    internal long Add(string kind, string reason, long count, DateTimeOffset now)
    {
        lock (_kinds)
        {
            bool known = _kinds.TryGetValue((kind, reason), out (DateTimeOffset SaidAt, long Unsaid) before);
            bool speak = !known || now - before.SaidAt >= interval;
            _kinds[(kind, reason)] = speak ? (now, 0) : (before.SaidAt, before.Unsaid + count);
            return speak ? before.Unsaid + count : 0;
        }
    }
}
