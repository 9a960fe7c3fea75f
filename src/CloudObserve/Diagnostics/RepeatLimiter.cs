namespace CloudObserve.Diagnostics;

/// <summary>Limits repeated messages to one per interval and kind, with the count since the last one.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class RepeatLimiter(TimeSpan interval)
{
    // Kinds consist of signals, reasons and places in the library's code, never of application data, so there are few.
    private readonly Dictionary<(string, string), (TimeSpan SaidAt, long Unsaid)> _kinds = [];

    /// <param name="kind">The kind.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="count">The number of new occurrences.</param>
    /// <param name="now">The monotonic time, so that setting the clock cannot suppress a message.</param>
    /// <returns>The count to log now, or zero if the interval has not ended.</returns>
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
