using System.Diagnostics.Metrics;
using CloudObserve.Delivery;
using CloudObserve.Local;
using CloudObserve.Metrics;
using CloudObserve.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Hosting;

public sealed class HostingTests
{
    [Fact]
    public async Task A_hosted_app_finds_its_metrics_in_the_embedded_CloudWatch_after_a_flush()
    {
        using IHost host = await StartAsync(b => b.WithMetrics(m => m.Namespace = "Shop"));
        IMetricPublisher metrics = host.Services.GetRequiredService<IMetricPublisher>();
        MetricSeries orders = metrics.Series("OrdersPlaced", MetricUnit.Count, ("Region", "eu"));
        orders.Put(1);
        orders.Put(2);
        metrics.Put("OrderValue", 12.5, MetricUnit.None, ("Tier", "gold"));

        FlushResult flushed = await host.Services.GetRequiredService<ICloudObserve>().FlushAsync();

        Assert.True(flushed.Completed);
        Assert.Equal((3, 3, 0, 0), Books(flushed.Ledgers["metrics"]));
        Assert.Equal((2, 3), Read(host.Services, "OrdersPlaced", ("Region", "eu")));
        Assert.Equal((1, 12.5), Read(host.Services, "OrderValue", ("Tier", "gold")));
        await host.StopAsync();
    }

    [Theory]
    [InlineData("Größenrechner", "Gr--enrechner")]
    [InlineData("AWS/Mine", "AWS-Mine")]
    [InlineData("Shop\tFront", "Shop-Front")]
    public async Task The_application_s_name_is_made_a_legal_namespace(string application, string expected)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            ApplicationName = application,
        });
        _ = builder.AddCloudObserve().WithMetrics();
        using IHost host = builder.Build();
        await host.StartAsync();
        host.Services.GetRequiredService<IMetricPublisher>().Put("Orders", 1);

        _ = await host.Services.GetRequiredService<ICloudObserve>().FlushAsync();

        Assert.Equal(expected,
            Assert.Single(host.Services.GetRequiredService<EmbeddedCloudWatch>().ListMetrics(new ListMetricsRequest()).Metrics).Namespace);
        await host.StopAsync();
    }

    [Fact]
    public async Task What_services_emit_while_they_stop_is_still_delivered()
    {
        using IHost host = await StartAsync(b => b.Services.AddHostedService<LastWords>());
        await host.StopAsync();

        Assert.Equal((2, 2, 0, 0), Books(host.Services.GetRequiredService<ICloudObserve>().Ledgers["metrics"]));
    }

    [Fact]
    public async Task What_comes_after_the_stop_is_counted_as_closed()
    {
        using IHost host = await StartAsync(_ => { });
        IMetricPublisher metrics = host.Services.GetRequiredService<IMetricPublisher>();
        MetricSeries bound = metrics.Series("Bound");
        await host.StopAsync();

        metrics.Put("Late", 1);
        bound.Put(1);
        metrics.PutAt(TimeProvider.System.GetUtcNow(), "Late", 1);

        LedgerSnapshot books = host.Services.GetRequiredService<ICloudObserve>().Ledgers["metrics"];
        Assert.Equal((3, 0, 3, 0), Books(books));
        Assert.Equal(3, books.Lost[LossReason.Closed]);
    }

    [Fact]
    public async Task Without_a_host_it_starts_on_first_use_and_flushes_when_the_provider_is_disposed_of()
    {
        ServiceProvider provider = new ServiceCollection().AddCloudObserve().Services.BuildServiceProvider();
        ICloudObserve library = provider.GetRequiredService<ICloudObserve>();
        provider.GetRequiredService<IMetricPublisher>().Put("Orders", 1);

        await provider.DisposeAsync();

        Assert.Equal((1, 1, 0, 0), Books(library.Ledgers["metrics"]));
    }

    [Fact]
    public void A_provider_disposed_of_without_await_flushes_too()
    {
        ServiceProvider provider = new ServiceCollection().AddCloudObserve().Services.BuildServiceProvider();
        ICloudObserve library = provider.GetRequiredService<ICloudObserve>();
        provider.GetRequiredService<IMetricPublisher>().Put("Orders", 1);

        provider.Dispose();

        Assert.Equal((1, 1, 0, 0), Books(library.Ledgers["metrics"]));
    }

    [Fact]
    public async Task The_health_check_knows_the_books()
    {
        using IHost host = await StartAsync(b => b.Services.AddHealthChecks().AddCloudObserve());
        host.Services.GetRequiredService<IMetricPublisher>().Put("Orders", 1);
        HealthCheckService health = host.Services.GetRequiredService<HealthCheckService>();

        HealthReport healthy = await health.CheckHealthAsync();
        host.Services.GetRequiredService<IMetricPublisher>().Put("Orders", double.NaN);
        HealthReport degraded = await health.CheckHealthAsync();

        Assert.Equal(HealthStatus.Healthy, healthy.Status);
        Assert.Equal(1L, healthy.Entries["cloudobserve"].Data["metrics.accepted"]);
        Assert.Equal(HealthStatus.Degraded, degraded.Status);
        Assert.Contains("InvalidValue", degraded.Entries["cloudobserve"].Description, StringComparison.Ordinal);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_thousand_libraries_in_one_process_leave_no_timer_behind()
    {
        for (int i = 0; i < 1_000; i++)
        {
            ManualTimeProvider time = new();
            ServiceProvider provider = new ServiceCollection()
                .AddSingleton<TimeProvider>(time).AddCloudObserve().WithMetrics(m => m.AddMeter("*")).Services.BuildServiceProvider();
            provider.GetRequiredService<IMetricPublisher>().Put("Orders", 1);
            await provider.DisposeAsync();

            Assert.Equal(0, time.ActiveTimers);
        }
    }

    [Fact]
    public async Task Closing_that_waits_for_a_callback_leaves_no_timer_behind()
    {
        for (int i = 0; i < 1_000; i++)
        {
            ManualTimeProvider time = new();
            ServiceProvider provider = new ServiceCollection()
                .AddSingleton<TimeProvider>(time).AddCloudObserve().WithMetrics(m => m.AddMeter("Slow")).Services.BuildServiceProvider();
            provider.GetRequiredService<IMetricPublisher>().Put("Orders", 1);
            using Meter meter = new("Slow");
            using ManualResetEventSlim entered = new(), released = new();
            _ = meter.CreateObservableGauge("depth", () =>
            {
                entered.Set();
                released.Wait();
                return 1;
            });
            Task closed = provider.DisposeAsync().AsTask();
            entered.Wait();
            released.Set();
            await closed;

            Assert.Equal(0, time.ActiveTimers);
        }
    }

    [Fact]
    public async Task A_sink_of_the_users_own_takes_the_place_of_both_destinations()
    {
        CountingSink sink = new();
        using IHost host = await StartAsync(b => b.UseAws().UseSink(_ => sink));
        host.Services.GetRequiredService<IMetricPublisher>().Put("Orders", 1);
        await host.StopAsync();

        Assert.Equal(1, sink.Items);
    }

    [Fact]
    public async Task A_sink_of_the_users_own_may_want_a_logger_although_the_library_is_one()
    {
        CountingSink? sink = null;
        using IHost host = await StartAsync(b => b.WithLogs().UseSink(p =>
        {
            p.GetRequiredService<ILoggerFactory>().CreateLogger("Mine").LogInformation("Made");
            return sink = new CountingSink();
        }));
        host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop").LogInformation("Hello");
        await host.StopAsync();

        Assert.True(sink!.Items >= 2);
        Assert.Equal(0, host.Services.GetRequiredService<ICloudObserve>().Ledgers["logs"].TotalLost);
    }

    [Fact]
    public async Task What_is_logged_while_services_stop_is_found_in_the_embedded_CloudWatch()
    {
        using IHost host =
            await StartAsync(b => b.WithLogs(l => { l.LogGroup = "/shop"; l.LogStream = "one"; }).Services.AddHostedService<LoudService>());
        await host.StopAsync();

        FilterLogEventsResponse found = host.Services.GetRequiredService<EmbeddedCloudWatch>()
            .FilterLogEvents(new FilterLogEventsRequest { LogGroupName = "/shop", LogStreamNames = ["one"] });
        Assert.Contains(found.Events, e => e.Message.Contains("Service stops", StringComparison.Ordinal));
        Assert.Equal(0, host.Services.GetRequiredService<ICloudObserve>().Ledgers["logs"].TotalLost);
    }

    [Fact]
    public async Task Logs_of_plain_services_are_flushed_when_the_provider_is_disposed_of()
    {
        ServiceProvider provider = new ServiceCollection().AddCloudObserve()
            .WithLogs(l => { l.LogGroup = "/shop"; l.LogStream = "one"; }).Services.BuildServiceProvider();
        EmbeddedCloudWatch cloudWatch = provider.GetRequiredService<EmbeddedCloudWatch>();
        provider.GetRequiredService<ILoggerFactory>().CreateLogger("Shop").LogInformation("Hello");

        await provider.DisposeAsync();

        _ = Assert.Single(cloudWatch.FilterLogEvents(new FilterLogEventsRequest { LogGroupName = "/shop" }).Events);
    }

    private static async Task<IHost> StartAsync(Action<CloudObserveBuilder> configure)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        configure(builder.AddCloudObserve());
        IHost host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static (long Accepted, long Delivered, long Lost, long InFlight) Books(LedgerSnapshot books) =>
        (books.Accepted, books.Delivered, books.TotalLost, books.InFlight);

    private static (double Count, double Sum) Read(IServiceProvider services, string name, params MetricDimension[] dimensions)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        GetMetricStatisticsResponse found = services.GetRequiredService<EmbeddedCloudWatch>()
            .GetMetricStatistics(new GetMetricStatisticsRequest
            {
                Metric = new MetricIdentifier("Shop", name, dimensions),
                StartTime = now.AddHours(-1),
                EndTime = now.AddHours(1),
                Period = TimeSpan.FromHours(3),
                Statistics = ["SampleCount", "Sum"],
            });
        return (found.Datapoints.Sum(d => d.SampleCount ?? 0), found.Datapoints.Sum(d => d.Sum ?? 0));
    }

    private sealed class LastWords(IMetricPublisher metrics) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            metrics.Put("Started", 1);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            metrics.Put("Stopped", 1);
            return Task.CompletedTask;
        }
    }

    private sealed class LoudService(ILoggerFactory loggers) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            loggers.CreateLogger("Shop").LogInformation("Service stops");
            return Task.CompletedTask;
        }
    }

    private sealed class CountingSink : IBatchSink
    {
        internal int Items { get; private set; }

        public ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken)
        {
            Items += batch.ItemCount;
            return ValueTask.FromResult(SendResult.Delivered());
        }
    }
}
