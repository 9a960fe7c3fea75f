using System.Text;
using CloudObserve.Local;
using CloudObserve.Sinks.Local.Ingestion;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Executes <c>GetLogEvents</c>.</summary>
/// <remarks>
/// A forward token means "after this position", a backward token "before this position". An empty page returns the token that was passed
/// in, which tells a reader that it has reached an end, and for the other direction a token for the same position.
/// </remarks>
internal sealed class LogStreamQuery(LogStore store)
{
    private const string Forward = "f/";
    private const string Backward = "b/";

    internal GetLogEventsResponse Execute(GetLogEventsRequest request)
    {
        LogNameRules.CheckGroup(request.LogGroupName, "logGroupName");
        LogNameRules.CheckStream(request.LogStreamName, "logStreamName");
        LogQueryLimits.CheckLimit(request.Limit, LogQueryLimits.MaxEventsPerPage);
        bool forward = request.NextToken is { } token ? IsForward(token) : request.StartFromHead;
        LogPosition? from = request.NextToken is null ? null : LogToken.Read(request.NextToken, forward ? Forward : Backward);
        LogPage page = Collect(request, forward, from);
        (LogPosition next, LogPosition previous) = Ends(page, forward, from);
        return new GetLogEventsResponse(
            [.. page.Events.Select(found => ToResult(found.Event))], LogToken.Write(next, Forward), LogToken.Write(previous, Backward));
    }

    private static bool IsForward(string token) =>
        token.StartsWith(Forward, StringComparison.Ordinal)
        || (token.StartsWith(Backward, StringComparison.Ordinal) ? false : throw LogToken.Invalid());

    private LogPage Collect(GetLogEventsRequest request, bool forward, LogPosition? from)
    {
        LogScan scan = new(store, new LogScanRange(
            request.LogGroupName,
            [request.LogStreamName],
            "",
            request.StartTime?.ToUnixTimeMilliseconds() ?? long.MinValue,
            request.EndTime is { } until ? until.ToUnixTimeMilliseconds() - 1 : long.MaxValue,
            IsBackward: !forward,
            from));
        LogPage page = new(request.Limit);
        while (scan.Read() && page.TryAdd(scan.Current))
        {
        }

        // A page is in ascending order, whichever direction it was filled from.
        if (!forward)
        {
            page.Events.Reverse();
        }

        return page;
    }

    private static (LogPosition Next, LogPosition Previous) Ends(LogPage page, bool forward, LogPosition? from)
    {
        if (page.Events is [var first, .., var last])
        {
            return (last.Event.Position, first.Event.Position);
        }

        if (page.Events is [var only])
        {
            return (only.Event.Position, only.Event.Position);
        }

        LogPosition here = from ?? LogPosition.Start;
        return forward ? (here, here with { Id = here.Id + 1 }) : (here with { Id = here.Id - 1 }, here);
    }

    private static OutputLogEvent ToResult(StoredLogEvent found) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(found.Position.Timestamp),
        DateTimeOffset.FromUnixTimeMilliseconds(found.IngestionTime),
        Encoding.UTF8.GetString(found.Message));
}
