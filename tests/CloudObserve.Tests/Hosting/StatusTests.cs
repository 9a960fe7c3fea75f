using CloudObserve.Delivery;
using CloudObserve.Hosting;
using CloudObserve.LogEvents.Redaction;
using CloudObserve.Logs;
using CloudObserve.Metrics;
using CloudObserve.Tests.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Hosting;

public sealed class StatusTests
{
    [Fact]
    public async Task A_worker_can_read_how_the_library_stands()
    {
        using IHost host = await StartAsync(b => b.WithLogs());
        host.Services.GetRequiredService<IMetricPublisher>().Put("Orders", 1);
        ICloudObserve library = host.Services.GetRequiredService<ICloudObserve>();
        _ = await library.FlushAsync();

        CloudObserveStatus status = library.GetStatus();

        Assert.Equal((HealthStatus.Healthy, "the embedded CloudWatch"), (status.Health, status.Destination));
        Assert.Empty(status.Reasons);
        Assert.Empty(status.LastErrors);
        Assert.Equal(1, status.Series);
        SignalStatus metrics = status.Signals.Single(s => s.Signal == "metrics");
        Assert.Equal((1, 1, 0), (metrics.Accepted, metrics.Delivered, metrics.InFlight));
        Assert.Equal(new DeliveryOptions().MaxConcurrentRequests, metrics.RequestLimit);
        Assert.Equal(["logs", "metrics"], status.Signals.Select(s => s.Signal).Order());
        await host.StopAsync();
    }

    [Fact]
    public async Task Counts_of_a_filter_that_stays_go_on_when_another_one_is_added_and_a_new_one_begins_at_nothing()
    {
        using IHost host = await StartAsync(b => b.WithLogs().AddMetricFilter("Orders", "Order", t => t.Metric("Shop", "Orders")));
        ILogger logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop");
        ICloudObserve library = host.Services.GetRequiredService<ICloudObserve>();
        logger.LogInformation("Order 1");
        _ = await library.FlushAsync();

        Set(host, "CloudObserve:MetricFilters:Refunds:Pattern", "Refund");
        Assert.Equal([new MetricFilterStatus("Orders", 1, 1, 0, 0), new MetricFilterStatus("Refunds", 0, 0, 0, 0)], Filters(library));
        logger.LogInformation("Order 2");
        logger.LogInformation("Refund 1");
        _ = await library.FlushAsync();

        Assert.Equal([new MetricFilterStatus("Orders", 2, 2, 0, 0), new MetricFilterStatus("Refunds", 1, 1, 0, 0)], Filters(library));
        await host.StopAsync();
    }

    [Fact]
    public async Task A_sink_of_the_applications_own_is_no_embedded_CloudWatch_in_what_is_said_at_start()
    {
        CollectingLogger log = new();
        using IHost host = await StartAsync(
            b =>
            {
                _ = b.UseSink(_ => new TakingSink());
                _ = b.Services.AddSingleton<ILoggerFactory>(log);
            },
            Environments.Production);

        Assert.Contains(log.Entries, e => e.Text == "CloudObserve publishes to a sink of the application's own.");
        Assert.DoesNotContain(log.Entries, e => e.Id.Name == "LocalDestinationInProduction");
        Assert.Equal("a sink of the application's own", host.Services.GetRequiredService<ICloudObserve>().GetStatus().Destination);
        await host.StopAsync();
    }

    [Theory]
    [InlineData("one line", "one line")]
    [InlineData("first\r\nsecond", "first")]
    [InlineData("the key AKIAIOSFODNN7EXAMPLE is unknown", "the key [redacted:aws-access-key-id] is unknown")]
    public void What_a_service_answered_is_shown_without_what_it_quotes(string answered, string shown) =>
        Assert.Equal(shown, new StatusText(new RedactionOptions { Enabled = false }).Clean(answered));

    [Fact]
    public void What_is_long_is_cut_after_it_was_redacted()
    {
        StatusText text = new(new RedactionOptions());

        string shown = text.Clean(new string('x', StatusText.MaxLength - 11) + " AKIAIOSFODNN7EXAMPLE");

        Assert.Equal(StatusText.MaxLength, shown.Length);
        Assert.DoesNotContain("AKIA", shown, StringComparison.Ordinal);
    }

    private static IEnumerable<MetricFilterStatus> Filters(ICloudObserve library) =>
        library.GetStatus().MetricFilters.OrderBy(f => f.Name, StringComparer.Ordinal);

    private static void Set(IHost host, string key, string value)
    {
        IConfigurationRoot configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        configuration[key] = value;
        configuration["CloudObserve:MetricFilters:Refunds:Namespace"] = "Shop";
        configuration["CloudObserve:MetricFilters:Refunds:Metric"] = "Refunds";
        configuration.Reload();
    }

    private static async Task<IHost> StartAsync(Action<CloudObserveBuilder> configure, string environment = "Development")
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            EnvironmentName = environment,
        });
        _ = builder.Logging.ClearProviders();
        configure(builder.AddCloudObserve());
        IHost host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private sealed class TakingSink : IBatchSink
    {
        public ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken) =>
            ValueTask.FromResult(SendResult.Delivered());
    }
}
