namespace CloudObserve.Diagnostics;

/// <summary>Stores the latest errors, one entry per kind, so that many errors of one kind do not displace the others.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class RecentErrors
{
    /// <summary>The maximum number of errors. Kinds are few, but the codes of a destination are not limited.</summary>
    internal const int Most = 32;

    private readonly Dictionary<(string Kind, string Signal, string Reason), ReportedError> _errors = [];

    internal void Add(string kind, string signal, string reason, string message, long count, DateTimeOffset now)
    {
        lock (_errors)
        {
            _errors.TryGetValue((kind, signal, reason), out ReportedError? before);
            if (before is null && _errors.Count == Most)
            {
                ReportedError oldest = _errors.Values.MinBy(e => e.Last)!;
                _errors.Remove((oldest.Kind, oldest.Signal, oldest.Reason));
            }

            _errors[(kind, signal, reason)] =
                new ReportedError(kind, signal, reason, message, (before?.Count ?? 0) + count, before?.First ?? now, now);
        }
    }

    /// <returns>The errors, the latest first.</returns>
    internal List<ReportedError> List()
    {
        lock (_errors)
        {
            return [.. _errors.Values.OrderByDescending(e => e.Last)];
        }
    }
}
