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

    /// <summary>Counts a value that a group keeps in place of another one.</summary>
    /// <param name="value">The value.</param>
    /// <param name="replaced">The value that the group kept until now.</param>
    /// <param name="copies">
    /// Whether the value is in a buffer that is used again. Otherwise it is that of another group, and is counted already.
    /// </param>
    /// <returns>The value to keep.</returns>
    /// <exception cref="InsightsQueryException">The query would use more than it may.</exception>
    internal LogValue Keep(in LogValue value, in LogValue replaced, bool copies)
    {
        Reserve((copies ? value.Utf8.Length : 0) - replaced.Utf8.Length, "values");
        return copies ? value.Kept() : value;
    }
}
