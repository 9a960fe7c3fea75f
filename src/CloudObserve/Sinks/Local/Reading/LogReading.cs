using CloudObserve.Local;
using CloudObserve.Sinks.Local.Ingestion;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Reading;

/// <summary>Checks the request of a <see cref="LogEventReader"/>, and begins to read.</summary>
internal static class LogReading
{
    internal static LogEventReader Begin(LogStore store, ReadLogEventsRequest request)
    {
        LogNameRules.CheckGroup(request.LogGroupName, "logGroupName");
        LogNameRules.CheckStreams(request.LogStreamNames, request.LogStreamNamePrefix);
        if (!Enum.IsDefined(request.ScanBy))
        {
            throw LogErrors.Constraint("scanBy", "Member must satisfy enum value set: [TimestampDescending, TimestampAscending]");
        }

        LogScan scan = new(store, new LogScanRange(
            request.LogGroupName,
            request.LogStreamNames,
            request.LogStreamNamePrefix ?? "",
            request.StartTime?.ToUnixTimeMilliseconds() ?? long.MinValue,
            request.EndTime?.ToUnixTimeMilliseconds() ?? long.MaxValue,
            request.ScanBy == ScanBy.TimestampDescending,
            From: null));
        return new LogEventReader(scan, request.FilterPattern);
    }
}
