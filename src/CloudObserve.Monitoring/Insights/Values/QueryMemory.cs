using System.Globalization;
using CloudObserve.Insights;

namespace CloudObserve.Monitoring.Insights.Values;

/// <summary>Counts the memory that a query uses for rows and groups, and refuses more than its limit.</summary>
/// <param name="limit">The largest number of bytes.</param>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class QueryMemory(long limit)
{
    private long _used;

    /// <summary>Gets the number of bytes in use, as estimated.</summary>
    internal long Used => Interlocked.Read(ref _used);

    /// <summary>Counts bytes.</summary>
    /// <exception cref="InsightsQueryException">The query would use more than it may.</exception>
    internal void Reserve(long bytes, string what)
    {
        if (Interlocked.Add(ref _used, bytes) > limit)
        {
            throw new InsightsQueryException(string.Create(
                CultureInfo.InvariantCulture,
                $"the query needs more memory than its limit of {limit} bytes for its {what}: narrow it with a filter, a limit or a shorter time range"));
        }
    }

    internal void Release(long bytes) => Interlocked.Add(ref _used, -bytes);
}
