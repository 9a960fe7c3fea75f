using CloudObserve.Delivery;
using CloudObserve.Local;
using CloudObserve.Metrics;
using CloudObserve.Testing;
using CloudObserve.Tests.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudObserve.Tests.Hosting;

/// <summary>Hosts whose embedded CloudWatch keeps its data in a directory.</summary>
public sealed class LocalDirectoryTests : IDisposable
{
    private const string Group = "/shop";

    private readonly string _root = Directory.CreateTempSubdirectory("cloudobserve-local").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task The_next_host_has_what_the_first_had()
    {
        using (IHost first = await StartAsync(o => o.Local.Directory = "state"))
        {
            Emit(first, 3);
            await first.StopAsync();
            Assert.Equal((6, 6), Books(first, "local-files"));
        }

        using IHost second = await StartAsync(o => o.Local.Directory = "state");
        Emit(second, 2);
        _ = await second.Services.GetRequiredService<ICloudObserve>().FlushAsync();

        Assert.Equal(5, Events(second).Count);
        Assert.Equal((5, 9), Orders(second));
        Assert.True(Directory.Exists(Path.Combine(_root, "state")));
        SignalStatus status = second.Services.GetRequiredService<ICloudObserve>()
            .GetStatus().Signals.Single(s => s.Signal == "local-files");
        Assert.Equal((1, 4), (status.SpoolBatches, status.Delivered));
        Assert.True(status.SpoolBytes > 0);
        await second.StopAsync();
    }

    [Fact]
    public async Task Copies_are_made_once_over_restarts_although_AWS_is_away_all_the_time()
    {
        await using ScriptedCloudWatch aws = ScriptedCloudWatch.Start();
        aws.Script.Always = Fault.Unavailable();
        for (int run = 0; run < 3; run++)
        {
            using IHost host = await StartAsync(o => o.Local.Directory = "state", aws);
            Emit(host, 3);
            await host.StopAsync();
            Assert.Equal(3 * (run + 1), Events(host).Count);
            Assert.Equal(3 * (run + 1), Orders(host).Count);
        }

        aws.Script.Always = null;
        using IHost last = await StartAsync(o => o.Local.Directory = "state", aws);
        while (aws.LogEvents.Count < 9)
        {
            await Task.Yield();
        }

        await last.StopAsync();

        Assert.Equal(9, aws.LogEvents.Count);
        Assert.Equal(9, Events(last).Count);
        Assert.Equal((9, 18), Orders(last));
    }

    [Fact]
    public async Task Without_a_directory_the_copy_of_the_next_host_has_what_the_first_left_in_the_spool()
    {
        await using ScriptedCloudWatch aws = ScriptedCloudWatch.Start();
        aws.Script.Always = Fault.Unavailable();
        using (IHost first = await StartAsync(_ => { }, aws))
        {
            Emit(first, 3);
            await first.StopAsync();
        }

        using IHost second = await StartAsync(_ => { }, aws);
        _ = await second.Services.GetRequiredService<ICloudObserve>().FlushAsync();

        Assert.Equal(3, Events(second).Count);
        Assert.Equal((3, 6), Orders(second));
        await second.StopAsync();
    }

    [Theory]
    [InlineData("", 256, "CloudObserve:Local:Directory is '', but")]
    [InlineData("a\0b", 256, "CloudObserve:Local:Directory is 'a\0b', but")]
    [InlineData("state", 15, "CloudObserve:Local:MaxDiskBytes is '15728640', but must be from 16777216 to 17179869184")]
    public async Task Values_that_cannot_be_are_reported_at_the_start(string directory, int megabytes, string fault)
    {
        OptionsValidationException thrown = await Assert.ThrowsAnyAsync<OptionsValidationException>(() => StartAsync(o =>
        {
            o.Local.Directory = directory;
            o.Local.MaxDiskBytes = megabytes * 1024L * 1024;
        }));

        Assert.Contains(thrown.Failures, f => f.StartsWith(fault, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_directory_that_has_no_effect_is_said_and_not_made()
    {
        CollectingLogger log = new();
        await using ScriptedCloudWatch aws = ScriptedCloudWatch.Start();
        using IHost host = await StartAsync(
            o =>
            {
                o.Local.Directory = "state";
                o.Local.Copy = false;
            },
            aws,
            log);
        await host.StopAsync();

        Assert.Contains(log.Entries, e => e.Id.Name == "KeyWithoutEffect"
            && e.Text.Contains("CloudObserve:Local:Directory", StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(_root, "state")));
    }

    private static EmbeddedCloudWatch CloudWatch(IHost host) => host.Services.GetRequiredService<EmbeddedCloudWatch>();

    private static IReadOnlyList<FilteredLogEvent> Events(IHost host) =>
        CloudWatch(host).FilterLogEvents(new FilterLogEventsRequest { LogGroupName = Group }).Events;

    private static (double Count, double Sum) Orders(IHost host)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        IReadOnlyList<Datapoint> found = CloudWatch(host).GetMetricStatistics(new GetMetricStatisticsRequest
        {
            Metric = new MetricIdentifier("Shop", "Orders"),
            StartTime = now.AddHours(-1),
            EndTime = now.AddHours(1),
            Period = TimeSpan.FromHours(3),
            Statistics = ["SampleCount", "Sum"],
        }).Datapoints;
        return (found.Sum(d => d.SampleCount ?? 0), found.Sum(d => d.Sum ?? 0));
    }

    private static (long Accepted, long Delivered) Books(IHost host, string signal)
    {
        LedgerSnapshot books = host.Services.GetRequiredService<ICloudObserve>().Ledgers[signal];
        return (books.Accepted, books.Delivered);
    }

    private static void Emit(IHost host, int count)
    {
        ILogger logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop");
        IMetricPublisher metrics = host.Services.GetRequiredService<IMetricPublisher>();
        for (int i = 1; i <= count; i++)
        {
            logger.LogInformation("Order {Number}", i);
            metrics.Put("Orders", i);
        }
    }

    private async Task<IHost> StartAsync(
        Action<CloudObserveOptions> configure, ScriptedCloudWatch? aws = null, CollectingLogger? log = null)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = _root });
        builder.Configuration["Logging:CloudObserve:LogLevel:Default"] = "None";
        builder.Configuration["Logging:CloudObserve:LogLevel:Shop"] = "Information";
        if (log is not null)
        {
            _ = builder.Logging.AddProvider(log);
        }

        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(aws is null ? 30 : 2));
        CloudObserveBuilder library = builder.AddCloudObserve().KeepLocalCopy().WithMetrics(m => m.Namespace = "Shop")
            .WithLogs(l => l.LogGroup = Group);
        if (aws is not null)
        {
            _ = library.UseAws(o =>
            {
                o.ServiceUrl = aws.Url;
                o.Region = "eu-west-1";
                o.Credentials = new Amazon.Runtime.BasicAWSCredentials(ScriptedCloudWatch.AccessKeyId, ScriptedCloudWatch.SecretAccessKey);
            });
        }

        _ = builder.Services.Configure<CloudObserveOptions>(o => o.StateDirectory = Path.Combine(_root, "spool"));
        _ = builder.Services.Configure(configure);
        IHost host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
