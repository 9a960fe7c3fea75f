using CloudObserve.Local;
using CloudObserve.Sinks.Local.Ingestion;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Executes <c>DescribeLogGroups</c> and <c>DescribeLogStreams</c>.</summary>
/// <remarks>The token is the last name of a page, so names added or removed in between cause no duplicates.</remarks>
internal sealed class LogListing(LogStore store)
{
    internal DescribeLogGroupsResponse Execute(DescribeLogGroupsRequest request)
    {
        LogQueryLimits.CheckLimit(request.Limit, LogQueryLimits.MaxListedPerPage);
        string after = After(request.NextToken);
        List<LogGroupSummary> found = store.Inspect(table => table.Groups
            .Where(group => IsWanted(group.Name, request.LogGroupNamePrefix, after))
            .Take(request.Limit + 1)
            .Select(ToResult)
            .ToList());
        string? next = Cut(found, request.Limit) ? PageToken.Write(found[^1].LogGroupName) : null;
        return new DescribeLogGroupsResponse(found, next);
    }

    internal DescribeLogStreamsResponse Execute(DescribeLogStreamsRequest request)
    {
        LogNameRules.CheckGroup(request.LogGroupName, "logGroupName");
        LogQueryLimits.CheckLimit(request.Limit, LogQueryLimits.MaxListedPerPage);
        string after = After(request.NextToken);
        List<LogStreamSummary> found = store.Read(request.LogGroupName, group => group.Streams
            .Where(stream => IsWanted(stream.Name, request.LogStreamNamePrefix, after))
            .Take(request.Limit + 1)
            .Select(ToResult)
            .ToList());
        string? next = Cut(found, request.Limit) ? PageToken.Write(found[^1].LogStreamName) : null;
        return new DescribeLogStreamsResponse(found, next);
    }

    private static bool IsWanted(string name, string? prefix, string after) =>
        name.StartsWith(prefix ?? "", StringComparison.Ordinal) && string.CompareOrdinal(name, after) > 0;

    // No name is empty, so every name is greater than the empty string.
    private static string After(string? token) =>
        token is null ? "" : PageToken.TryRead(token, 1) is [var name] ? name : throw LogToken.Invalid();

    // One item more than requested was read, to detect whether there are more.
    private static bool Cut<T>(List<T> found, int limit)
    {
        if (found.Count <= limit)
        {
            return false;
        }

        found.RemoveAt(limit);
        return true;
    }

    private static LogGroupSummary ToResult(StoredLogGroup group) => new(
        group.Name, Time(group.CreatedAt), group.RetentionInDays, group.Streams.Sum(stream => stream.Bytes));

    private static LogStreamSummary ToResult(StoredLogStream stream) => new(
        stream.Name,
        Time(stream.CreatedAt),
        stream.Count == 0 ? null : Time(stream[0].Position.Timestamp),
        stream.Count == 0 ? null : Time(stream[stream.Count - 1].Position.Timestamp),
        Time(stream.LastIngestion));

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
