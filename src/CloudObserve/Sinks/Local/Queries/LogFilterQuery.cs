using System.Globalization;
using System.Text;
using CloudObserve.Filters;
using CloudObserve.Local;
using CloudObserve.Sinks.Local.Ingestion;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Executes <c>FilterLogEvents</c>.</summary>
internal sealed class LogFilterQuery(LogStore store)
{
    internal FilterLogEventsResponse Execute(FilterLogEventsRequest request)
    {
        Check(request);
        FilterPattern? pattern = PatternOf(request);
        LogPosition after = request.NextToken is null ? LogPosition.Start : LogToken.Read(request.NextToken);
        LogPage page = store.Read(request.LogGroupName, group => Collect(group, request, pattern, after));
        string? next = page.HasMore ? LogToken.Write(page.Events[^1].Event.Position) : null;
        return new FilterLogEventsResponse([.. page.Events.Select(found => ToResult(found.Stream, found.Event))], next);
    }

    private static void Check(FilterLogEventsRequest request)
    {
        LogNameRules.CheckGroup(request.LogGroupName, "logGroupName");
        LogQueryLimits.CheckLimit(request.Limit, LogQueryLimits.MaxEventsPerPage);
        if (request.LogStreamNames.Count > 0 && request.LogStreamNamePrefix is not null)
        {
            throw LogErrors.Invalid("logStreamNames and logStreamNamePrefix cannot be given together.");
        }

        if (request.LogStreamNames.Count > LogQueryLimits.MaxStreamNames)
        {
            throw LogErrors.Constraint("logStreamNames", $"Member must have length less than or equal to {LogQueryLimits.MaxStreamNames}");
        }

        foreach (string name in request.LogStreamNames)
        {
            LogNameRules.CheckStream(name, "logStreamNames");
        }
    }

    private static FilterPattern? PatternOf(FilterLogEventsRequest request)
    {
        if (request.FilterPattern is null)
        {
            return null;
        }

        return FilterPattern.TryParse(request.FilterPattern, out FilterPattern? pattern, out FilterPatternError? error)
            ? pattern
            : throw LogErrors.Invalid(error.ServiceMessage ?? "Invalid filter pattern");
    }

    // Merges the events of the streams in order of position.
    private static LogPage Collect(StoredLogGroup group, FilterLogEventsRequest request, FilterPattern? pattern, LogPosition after)
    {
        LogPage page = new(request.Limit);
        long start = request.StartTime?.ToUnixTimeMilliseconds() ?? long.MinValue;
        long end = request.EndTime?.ToUnixTimeMilliseconds() ?? long.MaxValue;
        PriorityQueue<(StoredLogStream Stream, int Index), LogPosition> next = new();
        foreach (StoredLogStream stream in StreamsOf(group, request))
        {
            Enqueue(next, stream, Math.Max(stream.IndexAt(start), stream.IndexAfter(after)), end);
        }

        while (next.TryDequeue(out (StoredLogStream Stream, int Index) at, out _) && TryAdd(page, at.Stream, at.Stream[at.Index], pattern))
        {
            Enqueue(next, at.Stream, at.Index + 1, end);
        }

        return page;
    }

    private static bool TryAdd(LogPage page, StoredLogStream stream, StoredLogEvent found, FilterPattern? pattern) =>
        pattern?.IsMatch(found.Message) == false || page.TryAdd(stream.Name, found);

    private static void Enqueue(
        PriorityQueue<(StoredLogStream Stream, int Index), LogPosition> next, StoredLogStream stream, int index, long end)
    {
        if (index < stream.Count && stream[index].Position.Timestamp <= end)
        {
            next.Enqueue((stream, index), stream[index].Position);
        }
    }

    private static IEnumerable<StoredLogStream> StreamsOf(StoredLogGroup group, FilterLogEventsRequest request) =>
        request.LogStreamNames.Count > 0
        ? request.LogStreamNames.Distinct().Select(name => group.Find(name) ?? throw LogErrors.NoStream())
        : group.Streams.Where(stream => stream.Name.StartsWith(request.LogStreamNamePrefix ?? "", StringComparison.Ordinal));

    private static FilteredLogEvent ToResult(string stream, StoredLogEvent found) => new(
        stream,
        found.Position.Id.ToString("D56", CultureInfo.InvariantCulture),
        DateTimeOffset.FromUnixTimeMilliseconds(found.Position.Timestamp),
        DateTimeOffset.FromUnixTimeMilliseconds(found.IngestionTime),
        Encoding.UTF8.GetString(found.Message));
}
