using CloudObserve.Delivery;
using CloudObserve.Local;
using CloudObserve.Sinks;
using CloudObserve.Sinks.Local;
using CloudObserve.Tests.Contracts;
using Microsoft.Extensions.Options;

namespace CloudObserve.Tests.Sinks.Local;

public sealed class LocalSinkLogContractTests : LogSinkContract
{
    private EmbeddedCloudWatch _cloudWatch = null!;

    private protected override IBatchSink CreateSink(TimeProvider time, Func<string, LogGroupSettings> settings)
    {
        _cloudWatch = new EmbeddedCloudWatch(Options.Create(new LocalOptions()), time);
        return new LocalSink(_cloudWatch, settings);
    }

    private protected override IReadOnlyList<(string Group, string Stream, DateTimeOffset Time, string Message)> AcceptedEvents() =>
    [
        .. from logGroup in _cloudWatch.DescribeLogGroups(new DescribeLogGroupsRequest()).LogGroups
           from found in _cloudWatch.FilterLogEvents(new FilterLogEventsRequest { LogGroupName = logGroup.LogGroupName }).Events
           select (logGroup.LogGroupName, found.LogStreamName, found.Timestamp, found.Message),
    ];
}
