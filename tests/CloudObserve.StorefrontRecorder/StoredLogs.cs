using System.Security.Cryptography;
using System.Text;
using CloudObserve.Local;

namespace CloudObserve.StorefrontRecorder;

/// <summary>Reads all of the shop's log events from the embedded CloudWatch.</summary>
internal sealed class StoredLogs(EmbeddedCloudWatch cloudWatch)
{
    // Hashes of group, stream and message. Two events that are equal in all of these, including trace and span ids, are one event that was
    // stored twice.
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

            // As in the service, an unchanged token marks the end.
            if (page.NextForwardToken == request.NextToken)
            {
                return;
            }

            request = request with { NextToken = page.NextForwardToken };
        }
    }

    private static UInt128 Digest(string text) => BitConverter.ToUInt128(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
