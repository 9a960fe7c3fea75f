using CloudObserve.Insights;

namespace CloudObserve.Monitoring.Insights.Running;

/// <summary>Adds up what the threads of a query have read, and reports it from time to time.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class QueryProgress(TimeProvider time, IProgress<InsightsStatistics>? receiver)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private long _scanned;
    private long _matched;
    private long _bytes;
    private long _reported = time.GetTimestamp();

    internal InsightsStatistics Statistics =>
        new(Interlocked.Read(ref _scanned), Interlocked.Read(ref _matched), Interlocked.Read(ref _bytes));

    internal void Add(long scanned, long matched, long bytes)
    {
        _ = Interlocked.Add(ref _scanned, scanned);
        _ = Interlocked.Add(ref _matched, matched);
        _ = Interlocked.Add(ref _bytes, bytes);
        if (receiver is null)
        {
            return;
        }

        long reported = Interlocked.Read(ref _reported);
        // Of several threads, one reports.
        if (time.GetElapsedTime(reported) >= Interval
            && Interlocked.CompareExchange(ref _reported, time.GetTimestamp(), reported) == reported)
        {
            receiver.Report(Statistics);
        }
    }
}
