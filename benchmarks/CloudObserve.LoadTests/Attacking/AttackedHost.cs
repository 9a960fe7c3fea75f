using CloudObserve.Delivery;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudObserve.LoadTests.Attacking;

/// <summary>Represents a host with metrics and logs whose destination is a sink of the attack.</summary>
internal sealed class AttackedHost : IDisposable
{
    private readonly IHost _host;

    private AttackedHost(IHost host) => _host = host;

    internal ICloudObserve Library => Get<ICloudObserve>();

    internal ILogger Logger => Get<ILoggerFactory>().CreateLogger("Shop");

    /// <summary>Starts a host.</summary>
    /// <param name="sink">The destination.</param>
    /// <param name="settings">The settings below <c>CloudObserve</c>.</param>
    internal static async Task<AttackedHost> StartAsync(IBatchSink sink, params (string Key, string Value)[] settings)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings
        {
            ApplicationName = "Shop",
        });
        _ = builder.Configuration.AddInMemoryCollection(
            settings.Select(s => KeyValuePair.Create($"CloudObserve:{s.Key}", (string?)s.Value)));
        _ = builder.Logging.AddFilter((category, _) => category == "Shop");
        _ = builder.AddCloudObserve().UseAws().UseSink(_ => sink).WithLogs();
        IHost host = builder.Build();
        await host.StartAsync();
        return new AttackedHost(host);
    }

    internal T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    internal Task StopAsync(CancellationToken token) => _host.StopAsync(token);

    public void Dispose() => _host.Dispose();
}
