using CloudObserve.Delivery;
using CloudObserve.Sinks;
using CloudObserve.Sinks.CloudWatch;
using CloudObserve.Testing;
using CloudObserve.Tests.Contracts;

namespace CloudObserve.Tests.Sinks.CloudWatch;

public sealed class CloudWatchSinkLogContractTests : LogSinkContract
{
    private ScriptedCloudWatch _aws = null!;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _aws.DisposeAsync();
    }

    private protected override IBatchSink CreateSink(TimeProvider time, Func<string, LogGroupSettings> settings)
    {
        _aws = ScriptedCloudWatch.Start(time);
        return new CloudWatchSink(Aws.OptionsFor(_aws), time, new SinkEvents(), settings);
    }

    private protected override IReadOnlyList<(string Group, string Stream, DateTimeOffset Time, string Message)> AcceptedEvents() =>
        [.. _aws.LogEvents.Select(e => (e.LogGroup, e.LogStream, e.Timestamp, e.Message))];
}
