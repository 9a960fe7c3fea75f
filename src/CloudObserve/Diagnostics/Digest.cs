namespace CloudObserve.Diagnostics;

/// <summary>Sums up what comes too often to be said each time: once per interval and kind, with what has come since.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class Digest(TimeSpan interval)
{
    // Kinds are made of signals, reasons and places in our own code, never of the application's data: they are few.
    private readonly Dictionary<(string, string), (TimeSpan SaidAt, long Unsaid)> _kinds = [];

    /// <param name="kind">The kind.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="count">How many have come.</param>
    /// <param name="now">The passed time: setting the clock must not silence anything.</param>
    /// <returns>What to say now, or zero if it is too early.</returns>
    internal long Add(string kind, string reason, long count, TimeSpan now)
    {
        lock (_kinds)
        {
            bool known = _kinds.TryGetValue((kind, reason), out (TimeSpan SaidAt, long Unsaid) before);
            bool speak = !known || now - before.SaidAt >= interval;
            _kinds[(kind, reason)] = speak ? (now, 0) : (before.SaidAt, before.Unsaid + count);
            return speak ? before.Unsaid + count : 0;
        }
    }
}
