using System.Diagnostics.Metrics;
using CloudObserve.Diagnostics;
using CloudObserve.Local;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace CloudObserve.Tests.Hosting;

public sealed class HostedMetersTests
{
    [Fact]
    public async Task A_host_publishes_the_meters_of_its_own_factory_and_global_ones_but_none_of_another_host()
    {
        string name = $"Hosted.{Guid.NewGuid():N}";
        using Meter global = new(name);
        using IHost one = await StartAsync(name);
        using IHost other = await StartAsync(name);
        _ = other.Services.GetRequiredService<IMeterFactory>().Create(name).CreateObservableGauge("theirs", () => 1);
        one.Services.GetRequiredService<IMeterFactory>().Create(name).CreateCounter<int>("mine").Add(1);
        global.CreateCounter<int>("anybodys").Add(1);

        Assert.Equal(["anybodys", "mine"], await PublishedAsync(one));
        Assert.Equal(["anybodys", "theirs"], await PublishedAsync(other));
    }

    [Fact]
    public async Task A_callback_that_never_returns_keeps_no_host_from_stopping_and_is_told_by_health()
    {
        string name = $"Hosted.{Guid.NewGuid():N}";
        using ManualResetEventSlim never = new();
        using Meter meter = new(name);
        using IHost host = await StartAsync(name);
        _ = meter.CreateObservableGauge("stuck", () =>
        {
            never.Wait();
            return 1;
        });
        _ = meter.CreateObservableGauge("fine", () => 1);
        meter.CreateCounter<int>("counter").Add(1);

        await host.StopAsync();

        Assert.Equal(["counter", "fine"], Published(host));
        HealthVerdict verdict = host.Services.GetRequiredService<DeliveryHealth>().Judge();
        Assert.Equal(HealthStatus.Degraded, verdict.Status);
        Assert.Contains("instrument 'stuck'", Assert.Single(verdict.Reasons), StringComparison.Ordinal);
        Assert.Contains(host.Services.GetRequiredService<ICloudObserve>()
            .GetStatus().LastErrors, e => e.Message.Contains("'stuck'", StringComparison.Ordinal));
        never.Set();
    }

    private static async Task<IHost> StartAsync(string meter)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings
        {
            ApplicationName = "Shop",
        });
        _ = builder.Services.AddMetrics();
        _ = builder.AddCloudObserve().WithMetrics(m => m.AddMeter(meter));
        IHost host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static async Task<string[]> PublishedAsync(IHost host)
    {
        _ = await host.Services.GetRequiredService<ICloudObserve>().FlushAsync();
        return Published(host);
    }

    private static string[] Published(IHost host) =>
        [.. host.Services.GetRequiredService<EmbeddedCloudWatch>().ListMetrics(new ListMetricsRequest()).Metrics.Select(m => m.MetricName)
            .Order()];
}
