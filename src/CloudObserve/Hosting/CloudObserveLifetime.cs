using CloudObserve.Delivery;
using Microsoft.Extensions.Hosting;

namespace CloudObserve.Hosting;

/// <summary>
/// Starts the runtime before all other hosted services and stops it after them, so that services can emit data while they start and stop.
/// </summary>
internal sealed class CloudObserveLifetime(
    CloudObserveRuntime runtime, IBatchSink sink, DeliveryChannels channels, StartReport report, AuditComposition? audit = null)
    : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        report.Started(sink);
        (sink as DeferredSink)?.Create();
        channels.CreateSinks();
        runtime.Start();

        // If the trail cannot be written, the host does not start.
        _ = audit?.Signal.Open();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await runtime.CloseAsync(cancellationToken).ConfigureAwait(false);
        report.Stopped(runtime.Ledgers);
    }
}
