using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace CloudObserve.Monitoring.Hosting;

/// <summary>Registers a health check for each alarm that is defined at start.</summary>
internal sealed class AlarmHealthChecks(IServiceProvider services) : IConfigureOptions<HealthCheckServiceOptions>
{
    internal const string Tag = "alarms";

    public void Configure(HealthCheckServiceOptions options)
    {
        MonitoringRuntime runtime = services.GetRequiredService<MonitoringRuntime>();
        foreach (string name in runtime.DefinedNames())
        {
            options.Registrations.Add(
                new HealthCheckRegistration(name, _ => new AlarmHealthCheck(runtime.Table, name), failureStatus: null, [Tag]));
        }
    }
}
