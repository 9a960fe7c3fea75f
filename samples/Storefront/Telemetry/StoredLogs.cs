using System.Security.Cryptography;
using System.Text;
using CloudObserve.Sinks.Local;
using CloudObserve.Sinks.Local.Queries;

namespace Storefront.Telemetry;

/// <summary>Reads back everything that the embedded CloudWatch keeps of the shop's logs, so that the report can be held against it.</summary>
internal sealed class StoredLogs(EmbeddedCloudWatch cloudWatch)
{
    // Group, stream and message: two events that agree in all of it, trace and span ids included, are one event stored twice.
    private readonly HashSet<UInt128> _distinct = [];
    private long _events;
    private long _outOfOrder;

    public StoredLogsCount Count()
    {
        foreach (LogGroupSummary group in cloudWatch.DescribeLogGroups(new DescribeLogGroupsRequest()).LogGroups)
        {
            DescribeLogStreamsRequest streams = new() { LogGroupName = group.LogGroupName };
            foreach (LogStreamSummary stream in cloudWatch.DescribeLogStreams(streams).LogStreams)
            {
                Read(group.LogGroupName, stream.LogStreamName);
            }
        }

        return new StoredLogsCount(_events, _distinct.Count, _outOfOrder);
    }

    private void Read(string group, string stream)
    {
        DateTimeOffset last = DateTimeOffset.MinValue;
        GetLogEventsRequest request = new() { LogGroupName = group, LogStreamName = stream, StartFromHead = true };
        while (true)
        {
            GetLogEventsResponse page = cloudWatch.GetLogEvents(request);
            foreach (OutputLogEvent logEvent in page.Events)
            {
                _events++;
                _outOfOrder += logEvent.Timestamp < last ? 1 : 0;
                last = logEvent.Timestamp;
                _ = _distinct.Add(Digest($"{group}\n{stream}\n{logEvent.Message}"));
            }

            // As with the service, the end is where the token stays the same.
            if (page.NextForwardToken == request.NextToken)
            {
                return;
            }

            request = request with { NextToken = page.NextForwardToken };
        }
    }

    private static UInt128 Digest(string text) => BitConverter.ToUInt128(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
