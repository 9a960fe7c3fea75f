using CloudObserve.Delivery;
using CloudObserve.Testing;
using CloudObserve.Tests.Contracts;

namespace CloudObserve.Tests.Sinks.CloudWatch;

public sealed class CloudWatchSinkContractTests : BatchSinkContract
{
    private ScriptedCloudWatch _aws = null!;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _aws.DisposeAsync();
    }

    private protected override IBatchSink CreateSink(TimeProvider time)
    {
        _aws = ScriptedCloudWatch.Start(time);
        return Aws.SinkFor(_aws, new SinkEvents());
    }

    private protected override (double Count, double Sum) AcceptedSamples() =>
        (_aws.Series.Sum(s => s.SampleCount), _aws.Series.Sum(s => s.Sum));
}
