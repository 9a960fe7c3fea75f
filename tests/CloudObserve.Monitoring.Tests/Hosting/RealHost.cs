using CloudObserve.Local;
using CloudObserve.Sinks.Local;
using CloudObserve.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace CloudObserve.Monitoring.Tests.Hosting;

/// <summary>A generic host with alarms, whose clock the test moves. It begins ten seconds after a full minute.</summary>
internal sealed class RealHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly LocalIngestion _ingestion;

    private RealHost(IHost host, ManualTimeProvider clock)
    {
        (_host, Clock) = (host, clock);
        CloudWatch = host.Services.GetRequiredService<EmbeddedCloudWatch>();
        _ingestion = new LocalIngestion(CloudWatch, null);
    }

    internal ManualTimeProvider Clock { get; }

    internal EmbeddedCloudWatch CloudWatch { get; }

    internal IServiceProvider Services => _host.Services;

    internal static async Task<RealHost> StartAsync(
        Action<MonitoringBuilder> define, IConfigurationSource? configuration = null, Action<CloudObserveBuilder>? configure = null)
    {
        ManualTimeProvider clock = new(AlarmHost.Start);
        HostApplicationBuilder builder =
            Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "Shop" });
        if (configuration is not null)
        {
            builder.Configuration.Sources.Add(configuration);
        }

        _ = builder.Services.AddSingleton<TimeProvider>(clock).AddSingleton(new Notes()).AddMetrics().AddHealthChecks();
        CloudObserveBuilder library = builder.AddCloudObserve().WithMonitoring(define);
        configure?.Invoke(library);
        IHost host = builder.Build();
        await host.StartAsync();

        // The first evaluation.
        clock.Advance(TimeSpan.Zero);
        return new RealHost(host, clock);
    }

    /// <summary>Puts a value into the present minute and moves the clock to the next one.</summary>
    internal void Minute(double value)
    {
        AlarmHost.Put(_ingestion, "Orders", value);
        Clock.Advance(TimeSpan.FromMinutes(1));
    }

    /// <summary>Runs the health checks of alarms.</summary>
    internal Task<HealthReport> CheckAsync() =>
        Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Tags.Contains("alarms"));

    // Deadlines of the stop pass on the test's clock.
    public async ValueTask DisposeAsync()
    {
        Task end = Task.Run(() => _host.StopAsync());
        while (!end.IsCompleted)
        {
            for (int i = 0; i < 500 && !end.IsCompleted; i++)
            {
                await Task.Yield();
            }

            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await end;
        _host.Dispose();
    }
}
