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
        LogPosition? after = request.NextToken is null ? null : LogToken.Read(request.NextToken);
        LogScan scan = new(store, new LogScanRange(
            request.LogGroupName,
            request.LogStreamNames,
            request.LogStreamNamePrefix ?? "",
            request.StartTime?.ToUnixTimeMilliseconds() ?? long.MinValue,
            request.EndTime?.ToUnixTimeMilliseconds() ?? long.MaxValue,
            IsBackward: false,
            after));
        LogPage page = new(request.Limit);
        while (scan.Read() && (pattern?.IsMatch(scan.Current.Event.Message) == false || page.TryAdd(scan.Current)))
        {
        }

        string? next = page.HasMore ? LogToken.Write(page.Events[^1].Event.Position) : null;
        return new FilterLogEventsResponse([.. page.Events.Select(found => ToResult(found.Stream, found.Event))], next);
    }

    private static void Check(FilterLogEventsRequest request)
    {
        LogNameRules.CheckGroup(request.LogGroupName, "logGroupName");
        LogQueryLimits.CheckLimit(request.Limit, LogQueryLimits.MaxEventsPerPage);
        if (request.LogStreamNames.Count > LogQueryLimits.MaxStreamNames)
        {
            throw LogErrors.Constraint("logStreamNames", $"Member must have length less than or equal to {LogQueryLimits.MaxStreamNames}");
        }

        LogNameRules.CheckStreams(request.LogStreamNames, request.LogStreamNamePrefix);
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

    private static FilteredLogEvent ToResult(string stream, StoredLogEvent found) => new(
        stream,
        found.Position.Id.ToString("D56", CultureInfo.InvariantCulture),
        DateTimeOffset.FromUnixTimeMilliseconds(found.Position.Timestamp),
        DateTimeOffset.FromUnixTimeMilliseconds(found.IngestionTime),
        Encoding.UTF8.GetString(found.Message));
}
