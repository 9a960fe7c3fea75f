using System.Diagnostics;
using Amazon.Runtime;
using CloudObserve.LoadTests.Working;
using CloudObserve.Metrics;
using CloudObserve.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Integration.Tests.Delivery;

/// <summary>Hosts that come and go in one process, as test suites and plug-ins have them.</summary>
[Collection(UnderLoad.Name)]
public sealed class ForkingHostsTests
{
    private const int Hosts = 1000;

    // What the runtime makes for itself once, it makes for the first ones.
    private const int WarmUp = 100;

    // Connections of the last host that are just being closed, and threads of the pool that comes and goes as it likes.
    private const int Tolerance = 12;

    [Fact]
    public async Task A_thousand_hosts_leave_no_thread_timer_handle_or_file_behind()
    {
        await using BrokenEndpoint endpoint = new();

        // With it there, each host looks into its spool, locks it, and lets go of it.
        string spool = Directory.CreateDirectory(Path.Combine(endpoint.State, "spool")).FullName;
        await RunAsync(endpoint, WarmUp);
        (int Threads, long Timers, int Handles) before = Measure();
        await RunAsync(endpoint, Hosts);
        (int Threads, long Timers, int Handles) after = Measure();

        Assert.Equal((Hosts + WarmUp, Hosts + WarmUp),
            (endpoint.Arrivals.Distinct + endpoint.Arrivals.Duplicates, endpoint.Arrivals.Samples));
        Assert.InRange(after.Threads, 0, before.Threads + Tolerance);
        Assert.InRange(after.Timers, 0, before.Timers + Tolerance);
        Assert.InRange(after.Handles, 0, before.Handles + Tolerance);
        Assert.Equal([Path.Combine(spool, "0", "lock")], Directory.GetFiles(spool, "*", SearchOption.AllDirectories));
    }

    private static async Task RunAsync(BrokenEndpoint endpoint, int hosts)
    {
        for (int i = 0; i < hosts; i++)
        {
            HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
            // The host itself would log too, and what is counted are the events of the test.
            _ = builder.Logging.AddFilter("Microsoft", LogLevel.None);
            builder.AddCloudObserve()
                .UseAws(a =>
                {
                    a.Region = "eu-west-1";
                    a.ServiceUrl = endpoint.Aws.Url;
                    a.Credentials = new BasicAWSCredentials(ScriptedCloudWatch.AccessKeyId, ScriptedCloudWatch.SecretAccessKey);
                })
                .WithMetrics(m => m.Namespace = "Shop")
                .WithLogs(l => (l.LogGroup, l.LogStream) = (Worker.LogGroup, Worker.LogStream))
                .UseLogEventFormatter(_ => new MessageOnly());
            _ = builder.Services.Configure<CloudObserveOptions>(o => o.StateDirectory = endpoint.State);
            IHost host = builder.Build();
            await using IAsyncDisposable disposing = (IAsyncDisposable)host;
            await host.StartAsync();
            host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop").LogInformation("{Number:D12}", i);
            host.Services.GetRequiredService<IMetricPublisher>().Put("Orders", 1);
            await host.StopAsync();
        }
    }

    private static (int Threads, long Timers, int Handles) Measure()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using Process self = Process.GetCurrentProcess();
        return (self.Threads.Count, Timer.ActiveCount, OperatingSystem.IsLinux()
            ? Directory.GetFiles("/proc/self/fd").Length : self.HandleCount);
    }
}
