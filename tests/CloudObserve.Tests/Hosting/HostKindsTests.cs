using System.Globalization;
using CloudObserve.Audit;
using CloudObserve.Delivery;
using CloudObserve.Local;
using CloudObserve.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudObserve.Tests.Hosting;

/// <summary>Hosts as they come: with less, more, or other set-up than the usual.</summary>
public sealed class HostKindsTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("host-kinds");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task A_generic_host_of_the_older_kind_delivers_everything()
    {
        using IHost host = Host.CreateDefaultBuilder()
            .ConfigureLogging(l => l.ClearProviders())
            .ConfigureServices(s => s.AddCloudObserve().WithMetrics(m => m.Namespace = "Shop").WithLogs(l => l.LogGroup = "/shop"))
            .Build();
        await host.StartAsync();
        Work(host, 3);
        await host.StopAsync();

        AssertDelivered(host, events: 3);
    }

    [Fact]
    public async Task A_host_without_any_configuration_has_metrics_logs_and_an_audit_trail()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        _ = builder.AddCloudObserve().WithMetrics(m => m.Namespace = "Shop").WithLogs(l => l.LogGroup = "/shop")
            .WithAuditTrail(a => a.Directory = _directory.FullName);
        using IHost host = builder.Build();
        await host.StartAsync();
        Work(host, 2);
        await host.Services.GetRequiredService<IAuditTrail>().RecordAsync(new AuditEvent("PlaceOrder"));
        await host.StopAsync();

        AssertDelivered(host, events: 2);
        Assert.Equal(1, host.Services.GetRequiredService<ICloudObserve>().Ledgers["audit"].Delivered);
    }

    [Fact]
    public async Task Added_twice_by_host_and_services_it_delivers_once()
    {
        HostApplicationBuilder builder = NewBuilder();
        _ = builder.AddCloudObserve().WithMetrics(m => m.Namespace = "Shop").WithLogs(l => l.LogGroup = "/shop")
            .AddMetricFilter("Orders", "Order", t => t.Metric("Shop", "Counted"));
        _ = builder.Services.AddCloudObserve().WithLogs().AddMetricFilter("Orders", "Order", t => t.Metric("Shop", "Counted"));
        _ = builder.AddCloudObserve().WithLogs();
        using IHost host = builder.Build();
        await host.StartAsync();
        Work(host, 5);
        await host.StopAsync();

        AssertDelivered(host, events: 5);
        Assert.Equal(5, Assert.Single(host.Services.GetRequiredService<ICloudObserve>().GetStatus().MetricFilters).Matched);
    }

    [Fact]
    public async Task Faults_of_every_kind_are_told_at_once_values_that_cannot_be_read_among_them()
    {
        HostApplicationBuilder builder = NewBuilder(
            ("Metrics:PublishInterval", "soon"), ("Delivery:MaxConcurrentRequests", "many"), ("Logs:Redaction:Enabled", "perhaps"),
            ("Destination", "Mars"),
            ("Metrics:Meters:0", "A"), ("Metrics:Meters:1", "B?"), ("Delivery:RequestTimeout", "1.00:00:00"),
            ("MetricFilters:F:Sample", "1.5"), ("MetricFilters:F:Metric", "M"), ("MetricFilters:F:Namespace", "Shop"));
        _ = builder.AddCloudObserve();
        using IHost host = builder.Build();

        OptionsValidationException exception = await Assert.ThrowsAnyAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Equal(
            [
                "CloudObserve:Delivery:MaxConcurrentRequests is 'many', but must be a whole number",
                "CloudObserve:Delivery:RequestTimeout is '1.00:00:00', but must be from 00:00:01 to 00:05:00",
                "CloudObserve:Destination is 'Mars', but must be one of Local, Aws",
                "CloudObserve:Logs:Redaction:Enabled is 'perhaps', but must be true or false",
                "CloudObserve:MetricFilters:F:Sample is '1.5', but must be a whole number",
                "CloudObserve:Metrics:Meters:1 is 'B?', but the only wildcard in a meter's name is *",
                "CloudObserve:Metrics:PublishInterval is 'soon', but must be a duration such as 00:01:30",
            ],
            exception.Failures.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_reload_of_anything_but_filters_changes_nothing_while_the_application_runs()
    {
        HostApplicationBuilder builder = NewBuilder(("Metrics:Namespace", "Shop"), ("Logs:LogGroup", "/shop"));
        _ = builder.AddCloudObserve().WithLogs();
        using IHost host = builder.Build();
        await host.StartAsync();
        Work(host, 1);
        IConfigurationRoot configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        configuration["CloudObserve:Metrics:Namespace"] = "Other";
        configuration["CloudObserve:Logs:LogGroup"] = "/other";
        configuration["CloudObserve:Delivery:MaxConcurrentRequests"] = "many";
        configuration.Reload();
        Work(host, 1);
        await host.StopAsync();

        AssertDelivered(host, events: 2);
    }

    [Fact]
    public async Task A_culture_with_a_decimal_comma_changes_nothing_that_is_sent()
    {
        CultureInfo mine = CultureInfo.CurrentCulture;
        CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NegativeSign = "~";
        comma.DateTimeFormat.TimeSeparator = ".";
        comma.DateTimeFormat.Calendar = comma.Calendar;
        try
        {
            CultureInfo.CurrentCulture = comma;
            HostApplicationBuilder builder =
                NewBuilder(("Metrics:PublishInterval", "00:00:01.5"), ("Metrics:Namespace", "Shop"), ("Logs:LogGroup", "/shop"));
            _ = builder.AddCloudObserve().WithLogs();
            using IHost host = builder.Build();
            await host.StartAsync();
            host.Services.GetRequiredService<IMetricPublisher>().Put("OrderValue", -1234.5);
            host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop")
                .LogInformation("Order of {Total} took {Time}", -1234.5, TimeSpan.FromSeconds(1.5));
            await host.StopAsync();

            Assert.Equal(-1234.5, Sum(host));
            Assert.Contains("Order of -1234.5 took 00:00:01.5", Assert.Single(Messages(host)), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = mine;
        }
    }

    [Fact]
    public async Task Where_no_state_can_be_kept_the_application_runs_and_what_waits_in_memory_is_delivered()
    {
        // Nobody can make a directory below a file, not even an administrator.
        string file = Path.Combine(_directory.FullName, "file");
        File.WriteAllText(file, "");
        HostApplicationBuilder builder = NewBuilder(
            ("StateDirectory", Path.Combine(file, "state")), ("Delivery:Spool:SpillAfter", "00:00:00"),
            ("Delivery:MaxRetryDelay", "00:00:01"));
        UnavailableAtFirst sink = new(failures: 2);
        _ = builder.AddCloudObserve().UseSink(_ => sink).WithLogs();
        using IHost host = builder.Build();
        await host.StartAsync();
        Work(host, 4);
        FlushResult flushed = await host.Services.GetRequiredService<ICloudObserve>().FlushAsync();
        await host.StopAsync();

        Assert.True(flushed.Completed);
        Assert.All(flushed.Ledgers.Values,
            books => Assert.Equal((books.Accepted, 0, 0), (books.Delivered, books.TotalLost, books.Spooled)));
        Assert.Equal(0, sink.FailuresLeft);
    }

    [Fact]
    public async Task Where_no_audit_trail_can_be_kept_the_start_fails_and_names_the_directory()
    {
        string file = Path.Combine(_directory.FullName, "file");
        File.WriteAllText(file, "");
        HostApplicationBuilder builder = NewBuilder();
        _ = builder.AddCloudObserve().WithAuditTrail(a => a.Directory = Path.Combine(file, "audit"));
        using IHost host = builder.Build();

        AuditTrailException exception = await Assert.ThrowsAsync<AuditTrailException>(() => host.StartAsync());

        Assert.Contains(Path.Combine(file, "audit"), exception.Message, StringComparison.Ordinal);
    }

    private static HostApplicationBuilder NewBuilder(params (string Key, string? Value)[] settings)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        _ = builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"CloudObserve:{s.Key}", s.Value)));
        return builder;
    }

    private static void Work(IHost host, int orders)
    {
        ILogger logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop");
        for (int i = 0; i < orders; i++)
        {
            logger.LogInformation("Order {Number}", i);
            host.Services.GetRequiredService<IMetricPublisher>().Put("OrderValue", 1);
        }
    }

    private static void AssertDelivered(IHost host, int events)
    {
        Assert.All(host.Services.GetRequiredService<ICloudObserve>().Ledgers.Values,
            b => Assert.Equal((b.Accepted, 0, 0), (b.Delivered, b.TotalLost, b.InFlight)));
        Assert.Equal(events, Messages(host).Count());
        Assert.Equal(events, Sum(host));
    }

    private static IEnumerable<string> Messages(IHost host) => host.Services.GetRequiredService<EmbeddedCloudWatch>()
        .FilterLogEvents(new FilterLogEventsRequest { LogGroupName = "/shop", FilterPattern = "{ $.category = \"Shop\" }" }).Events.Select(
            e => e.Message);

    private static double Sum(IHost host)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return host.Services.GetRequiredService<EmbeddedCloudWatch>().GetMetricStatistics(new GetMetricStatisticsRequest
        {
            Metric = new MetricIdentifier("Shop", "OrderValue", []),
            StartTime = now.AddHours(-1),
            EndTime = now.AddHours(1),
            Period = TimeSpan.FromHours(3),
            Statistics = ["Sum"],
        }).Datapoints.Sum(d => d.Sum ?? 0);
    }

    private sealed class UnavailableAtFirst(int failures) : IBatchSink
    {
        private int _left = failures;

        internal int FailuresLeft => Math.Max(0, Volatile.Read(ref _left));

        public ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken) => ValueTask.FromResult(
            Interlocked.Decrement(ref _left) >= 0
                ? SendResult.Failed(ErrorClass.Unavailable, "Down", "The service is down.") : SendResult.Delivered());
    }
}
