using Microsoft.Extensions.Hosting;

namespace CloudObserve.Monitoring.Hosting;

/// <summary>Starts the alarms with the host, and stops them before the embedded CloudWatch.</summary>
internal sealed class MonitoringLifetime(MonitoringRuntime runtime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        runtime.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => runtime.CloseAsync(cancellationToken);
}
