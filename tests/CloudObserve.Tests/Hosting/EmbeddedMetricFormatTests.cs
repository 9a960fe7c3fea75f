using CloudObserve.Delivery;
using CloudObserve.Local;
using CloudObserve.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CloudObserve.Tests.Hosting;

public sealed class EmbeddedMetricFormatTests
{
    [Fact]
    public async Task Metrics_become_log_events_in_a_group_of_their_own_choice_without_any_logs_added()
    {
        using IHost host =
            await StartAsync(m => m.UseEmbeddedMetricFormat(f => (f.LogGroup, f.LogStream) = ("/shop/{category}", "{instance}-m")));
        IMetricPublisher metrics = host.Services.GetRequiredService<IMetricPublisher>();
        metrics.Put("Orders", 2, MetricUnit.Count, ("Region", "eu"));
        metrics.Put("Orders", 3, MetricUnit.Count, ("Region", "eu"));

        FlushResult flushed = await host.Services.GetRequiredService<ICloudObserve>().FlushAsync();

        LedgerSnapshot books = Assert.Single(flushed.Ledgers).Value;
        Assert.Equal((2, 2, 0), (books.Accepted, books.Delivered, books.InFlight));
        EmbeddedCloudWatch cloudWatch = host.Services.GetRequiredService<EmbeddedCloudWatch>();
        FilteredLogEvent found =
            Assert.Single(cloudWatch.FilterLogEvents(new FilterLogEventsRequest { LogGroupName = "/shop/Metrics" }).Events);
        Assert.EndsWith("-m", found.LogStreamName, StringComparison.Ordinal);
        Assert.EndsWith(""""Region":"eu","Orders":[2,3]}"""", found.Message, StringComparison.Ordinal);
        MetricIdentifier metric = Assert.Single(cloudWatch.ListMetrics(new ListMetricsRequest { Namespace = "Shop" }).Metrics);
        Assert.Equal(("Orders", "Region=eu"), (metric.MetricName, Assert.Single(metric.Dimensions).ToString()));
        await host.StopAsync();
    }

    [Fact]
    public async Task By_default_they_go_to_the_group_of_the_logs()
    {
        using IHost host = await StartAsync(m => m.UseEmbeddedMetricFormat(), ("Logs:LogGroup", "/from/logs"));
        host.Services.GetRequiredService<IMetricPublisher>().Put("Orders", 1);
        await host.StopAsync();

        EmbeddedCloudWatch cloudWatch = host.Services.GetRequiredService<EmbeddedCloudWatch>();
        Assert.Equal("/from/logs", Assert.Single(cloudWatch.DescribeLogGroups(new DescribeLogGroupsRequest()).LogGroups).LogGroupName);
        LogStreamSummary stream =
            Assert.Single(cloudWatch.DescribeLogStreams(new DescribeLogStreamsRequest { LogGroupName = "/from/logs" }).LogStreams);
        Assert.EndsWith("/metrics", stream.LogStreamName, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_no_document_can_hold_are_refused()
    {
        using IHost host = await StartAsync(m =>
        {
            m.DefaultDimensions["Service"] = "shop";
            _ = m.UseEmbeddedMetricFormat();
        });
        IMetricPublisher metrics = host.Services.GetRequiredService<IMetricPublisher>();
        metrics.Put("_aws", 1);
        metrics.Put("Region", 1, MetricUnit.None, ("Region", "eu"));
        metrics.Put("Service", 1);
        metrics.Put("Orders", 1, MetricUnit.None, ("_aws", "eu"));
        metrics.Put("Orders", 1, MetricUnit.None, (new string('k', 251), "eu"));
        metrics.Put("Orders", 1, MetricUnit.None, ("Region", "eu"));
        _ = Assert.Throws<ArgumentException>(() => metrics.Series("Region", MetricUnit.None, ("Region", "eu")));

        FlushResult flushed = await host.Services.GetRequiredService<ICloudObserve>().FlushAsync();

        LedgerSnapshot books = flushed.Ledgers["metrics"];
        Assert.Equal((6, 1, 0), (books.Accepted, books.Delivered, books.InFlight));
        Assert.Equal((3, 2), (books.Lost[MetricLossReasons.InvalidName], books.Lost[MetricLossReasons.InvalidDimension]));
        await host.StopAsync();
    }

    [Fact]
    public void It_binds_from_configuration()
    {
        CloudObserveOptions options = OptionsOf(
            ("Metrics:EmbeddedMetricFormat:Target", "StandardOutput"),
            ("Metrics:EmbeddedMetricFormat:LogGroup", "/g"),
            ("Metrics:EmbeddedMetricFormat:LogStream", "s"),
            ("Metrics:EmbeddedMetricFormat:MaxSamplesPerSeries", "500"));

        EmbeddedMetricFormatOptions format = options.Metrics.EmbeddedMetricFormat!;
        Assert.Equal((EmbeddedMetricTarget.StandardOutput, "/g", "s", 500),
            (format.Target, format.LogGroup, format.LogStream, format.MaxSamplesPerSeries));
        Assert.Equal(EmbeddedMetricTarget.Logs,
            OptionsOf(("Metrics:EmbeddedMetricFormat:Target", "Logs")).Metrics.EmbeddedMetricFormat!.Target);
        Assert.Null(OptionsOf(("Metrics:Namespace", "Shop")).Metrics.EmbeddedMetricFormat);
    }

    [Fact]
    public void What_cannot_work_is_said_at_start()
    {
        OptionsValidationException exception = Assert.ThrowsAny<OptionsValidationException>(() => OptionsOf(
            ("Metrics:EmbeddedMetricFormat:Target", "7"),
            ("Metrics:EmbeddedMetricFormat:LogGroup", "no blanks"),
            ("Metrics:EmbeddedMetricFormat:LogStream", "no:colon"),
            ("Metrics:EmbeddedMetricFormat:MaxSamplesPerSeries", "1"),
            ("Metrics:DefaultDimensions:_aws", "x")));
        Assert.Equal(5, exception.Failures.Count());

        exception = Assert.ThrowsAny<OptionsValidationException>(() => OptionsOf(
            ("Metrics:EmbeddedMetricFormat:Target", "Logs"), ("Logs:LogGroupClass", "INFREQUENT_ACCESS")));
        Assert.Contains("STANDARD", Assert.Single(exception.Failures), StringComparison.Ordinal);
    }

    private static async Task<IHost> StartAsync(Action<MetricsOptions> configure, params (string Key, string Value)[] settings)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        _ = builder.Configuration.AddInMemoryCollection(Configured(settings));
        _ = builder.AddCloudObserve().WithMetrics(m => m.Namespace = "Shop").WithMetrics(configure);
        IHost host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static CloudObserveOptions OptionsOf(params (string Key, string Value)[] settings)
    {
        ServiceCollection services = new();
        _ = services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(Configured(settings)).Build())
            .AddCloudObserve();
        using ServiceProvider provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<CloudObserveOptions>>().Value;
    }

    private static IEnumerable<KeyValuePair<string, string?>> Configured((string Key, string Value)[] settings) =>
        settings.Select(s => KeyValuePair.Create<string, string?>($"CloudObserve:{s.Key}", s.Value));
}
