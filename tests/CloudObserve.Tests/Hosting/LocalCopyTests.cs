using CloudObserve.Delivery;
using CloudObserve.Local;
using CloudObserve.Metrics;
using CloudObserve.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Hosting;

/// <summary>A host that sends to CloudWatch and keeps a copy in the embedded CloudWatch.</summary>
public sealed class LocalCopyTests
{
    private const string Group = "/shop";

    private readonly HostApplicationBuilder _builder = Host.CreateApplicationBuilder();

    public LocalCopyTests()
    {
        _builder.Configuration["Logging:CloudObserve:LogLevel:Default"] = "None";
        _builder.Configuration["Logging:CloudObserve:LogLevel:Shop"] = "Information";
    }

    [Fact]
    public async Task What_goes_to_AWS_can_be_queried_in_the_embedded_CloudWatch()
    {
        await using ScriptedCloudWatch aws = ScriptedCloudWatch.Start();
        using IHost host = await StartAsync(aws);
        Emit(host, 3);

        FlushResult flushed = await host.Services.GetRequiredService<ICloudObserve>().FlushAsync();

        Assert.True(flushed.Completed);
        Assert.Equal(3, aws.LogEvents.Count);
        Assert.Equal(3, Events(host).Count);
        Assert.Equal((3, 6), Read(host, "Orders"));
        LedgerSnapshot copies = flushed.Ledgers["local-copy"];
        Assert.Equal((6, 6, 0, 0), (copies.Accepted, copies.Delivered, copies.TotalLost, copies.InFlight));
        await host.StopAsync();
    }

    [Fact]
    public async Task What_AWS_never_takes_is_in_the_copy_once()
    {
        await using ScriptedCloudWatch aws = ScriptedCloudWatch.Start();
        aws.Script.Always = Fault.Unavailable();
        _builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(2));
        using IHost host = await StartAsync(aws, o => o.Delivery.Spool.Enabled = false);
        Emit(host, 3);

        await host.StopAsync();

        ICloudObserve library = host.Services.GetRequiredService<ICloudObserve>();
        Assert.Equal(3, library.Ledgers["logs"].Lost[LossReason.ShutdownDeadline]);
        Assert.Equal(3, Events(host).Count);
        Assert.Equal((3, 6), Read(host, "Orders"));
        Assert.Equal(0, library.Ledgers["local-copy"].InFlight);
    }

    [Fact]
    public async Task A_filter_of_the_process_counts_once_in_the_copy()
    {
        await using ScriptedCloudWatch aws = ScriptedCloudWatch.Start();
        _ = _builder.AddCloudObserve().AddMetricFilter("Here", "Order", t => t.Metric("Shop", "Here"));
        using IHost host = await StartAsync(aws);
        Emit(host, 3);

        await host.StopAsync();

        Assert.Equal(3, aws.Series.Single(s => s.MetricName == "Here").SampleCount);
        Assert.Equal((3, 3), Read(host, "Here"));
        Assert.Empty(CloudWatch(host).DescribeMetricFilters(new DescribeMetricFiltersRequest()).MetricFilters);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_filter_that_is_provisioned_counts_once_in_the_copy_whether_AWS_takes_it_or_not(bool isDenied)
    {
        await using ScriptedCloudWatch aws = ScriptedCloudWatch.Start();
        aws.CreateLogGroup(Group);
        if (isDenied)
        {
            aws.Deny("PutMetricFilter");
        }

        _ = _builder.AddCloudObserve().AddMetricFilter("There", "Order", t => t.Metric("Shop", "There").Provision());
        using IHost host = await StartAsync(aws);

        // Logs are read when it is known where the filter is evaluated.
        Emit(host, 3);
        await host.StopAsync();

        Assert.Equal(isDenied ? 0 : 1, CloudWatch(host).DescribeMetricFilters(new DescribeMetricFiltersRequest()).MetricFilters.Count);
        Assert.Equal((3, 3), Read(host, "There"));
    }

    [Fact]
    public async Task Status_and_health_show_the_copy()
    {
        await using ScriptedCloudWatch aws = ScriptedCloudWatch.Start();
        _builder.Services.AddHealthChecks().AddCloudObserve();
        using IHost host = await StartAsync(aws);
        Emit(host, 1);
        ICloudObserve library = host.Services.GetRequiredService<ICloudObserve>();
        _ = await library.FlushAsync();

        CloudObserveStatus status = library.GetStatus();

        Assert.Equal("Amazon CloudWatch, with a copy in the embedded CloudWatch", status.Destination);
        Assert.Equal(2, status.Signals.Single(s => s.Signal == "local-copy").Delivered);
        HealthReport health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.Equal(2L, health.Entries["cloudobserve"].Data["local-copy.accepted"]);
        await host.StopAsync();
    }

    [Fact]
    public async Task Without_the_setting_there_is_no_embedded_CloudWatch()
    {
        await using ScriptedCloudWatch aws = ScriptedCloudWatch.Start();
        bool isCreated = false;
        _builder.Services.AddSingleton(p =>
        {
            isCreated = true;
            return new EmbeddedCloudWatch(
                Microsoft.Extensions.Options.Options.Create(new LocalOptions()), p.GetRequiredService<TimeProvider>());
        });
        using IHost host = await StartAsync(aws, o => o.Local.Copy = false);
        Emit(host, 1);

        await host.StopAsync();

        Assert.False(isCreated);
        Assert.DoesNotContain("local-copy", host.Services.GetRequiredService<ICloudObserve>().Ledgers.Keys);
    }

    [Fact]
    public async Task With_the_embedded_CloudWatch_as_the_destination_nothing_is_copied()
    {
        _ = _builder.AddCloudObserve().KeepLocalCopy().WithMetrics(m => m.Namespace = "Shop").WithLogs(l => l.LogGroup = Group);
        using IHost host = _builder.Build();
        await host.StartAsync();
        Emit(host, 3);

        await host.StopAsync();

        Assert.DoesNotContain("local-copy", host.Services.GetRequiredService<ICloudObserve>().Ledgers.Keys);
        Assert.Equal(3, Events(host).Count);
        Assert.Equal((3, 6), Read(host, "Orders"));
    }

    [Fact]
    public async Task The_sink_of_the_application_is_copied_too()
    {
        _ = _builder.AddCloudObserve().UseSink(_ => new RefusingSink()).KeepLocalCopy().WithMetrics(m => m.Namespace = "Shop")
            .WithLogs(l => l.LogGroup = Group);
        using IHost host = _builder.Build();
        await host.StartAsync();
        Emit(host, 3);

        await host.StopAsync();

        Assert.Equal(3, Events(host).Count);
        Assert.Equal((3, 6), Read(host, "Orders"));
    }

    private static EmbeddedCloudWatch CloudWatch(IHost host) => host.Services.GetRequiredService<EmbeddedCloudWatch>();

    private static IReadOnlyList<FilteredLogEvent> Events(IHost host) =>
        CloudWatch(host).FilterLogEvents(new FilterLogEventsRequest { LogGroupName = Group }).Events;

    private static (double Count, double Sum) Read(IHost host, string name)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        IReadOnlyList<Datapoint> found = CloudWatch(host).GetMetricStatistics(new GetMetricStatisticsRequest
        {
            Metric = new MetricIdentifier("Shop", name),
            StartTime = now.AddHours(-1),
            EndTime = now.AddHours(1),
            Period = TimeSpan.FromHours(3),
            Statistics = ["SampleCount", "Sum"],
        }).Datapoints;
        return (found.Sum(d => d.SampleCount ?? 0), found.Sum(d => d.Sum ?? 0));
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

    private async Task<IHost> StartAsync(ScriptedCloudWatch aws, Action<CloudObserveOptions>? configure = null)
    {
        _ = _builder.AddCloudObserve().KeepLocalCopy().WithMetrics(m => m.Namespace = "Shop").WithLogs(l => l.LogGroup = Group).UseAws(o =>
        {
            o.ServiceUrl = aws.Url;
            o.Region = "eu-west-1";
            o.Credentials = new Amazon.Runtime.BasicAWSCredentials(ScriptedCloudWatch.AccessKeyId, ScriptedCloudWatch.SecretAccessKey);
        });
        if (configure is not null)
        {
            _ = _builder.Services.Configure(configure);
        }

        IHost host = _builder.Build();
        await host.StartAsync();
        return host;
    }

    private sealed class RefusingSink : IBatchSink
    {
        public ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken) =>
            ValueTask.FromResult(SendResult.Failed(ErrorClass.Invalid, "InvalidParameterValue", "no"));
    }
}
