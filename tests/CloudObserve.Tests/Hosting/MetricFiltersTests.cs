using CloudObserve.Delivery;
using CloudObserve.Filters;
using CloudObserve.Local;
using CloudObserve.Logs;
using CloudObserve.Metrics;
using CloudObserve.Testing;
using CloudObserve.Tests.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudObserve.Tests.Hosting;

public sealed class MetricFiltersTests : IDisposable
{
    private readonly HostApplicationBuilder _builder = Host.CreateApplicationBuilder();
    private readonly CollectingLogger _log = new();

    public MetricFiltersTests() => _builder.Logging.AddProvider(_log);

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task A_filter_makes_metrics_of_what_is_logged_on_the_bytes_that_are_shipped()
    {
        _ = _builder.AddCloudObserve().WithLogs(l => l.LogGroup = "/shop")
            .AddMetricFilter(
                "Latency", "{ $.category = \"Shop.*\" && $.values.Elapsed > 10 }", t => t.Metric("Shop", "Latency")
                    .Value("$.values.Elapsed"))
            .AddMetricFilter("Secrets", "hunter2hunter2", t => t.Metric("Shop", "Secrets"))
            .AddMetricFilter("Redacted", "{ $.values.Password = * }", t => t.Metric("Shop", "Redacted"));
        using IHost host = await StartAsync();
        ILogger logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop.Checkout");
        logger.LogInformation("Took {Elapsed} ms", 12.5);
        logger.LogInformation("Took {Elapsed} ms", 20);
        logger.LogInformation("Took {Elapsed} ms", 3);
        logger.LogInformation("Signed in with {Password}", "hunter2hunter2");

        FlushResult flushed = await host.Services.GetRequiredService<ICloudObserve>().FlushAsync();

        Assert.True(flushed.Completed);
        Assert.Equal((2, 32.5), Read(host, "Latency"));
        Assert.Equal((0, 0), Read(host, "Secrets"));
        Assert.Equal((1, 1), Read(host, "Redacted"));
        await host.StopAsync();
    }

    [Fact]
    public async Task What_is_logged_while_the_host_stops_is_still_counted()
    {
        _ = _builder.AddCloudObserve().WithLogs().AddMetricFilter("Stops", "\"Service stops\"", t => t.Metric("Shop", "Stops"))
            .Services.AddHostedService<LoudService>();
        using IHost host = await StartAsync();
        await host.StopAsync();

        Assert.Equal((1, 1), Read(host, "Stops"));
        Assert.Equal(0, host.Services.GetRequiredService<ICloudObserve>().Ledgers["metrics"].TotalLost);
    }

    [Fact]
    public async Task Discarded_events_are_booked_as_intended_and_do_not_arrive()
    {
        _ = _builder.AddCloudObserve().WithLogs(l => l.LogGroup = "/shop")
            .AddMetricFilter("Hits", "{ $.message = \"Hit\" }", t => t.Metric("Shop", "Hits").Discard())
            .AddMetricFilter("Misses", "{ $.message = \"Miss\" }", t => t.Metric("Shop", "Misses").Sample(oneIn: 10));
        using IHost host = await StartAsync();
        ILogger logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop");
        for (int i = 0; i < 20; i++)
        {
            logger.LogInformation("Hit");
            logger.LogInformation("Miss");
        }

        await host.StopAsync();

        LedgerSnapshot books = host.Services.GetRequiredService<ICloudObserve>().Ledgers["logs"];
        Assert.Equal((20, 18), (books.Lost[LogLossReasons.DiscardedByFilter], books.Lost[LogLossReasons.SampledOut]));
        Assert.Equal((books.Accepted, 0), (books.Delivered + books.TotalLost, books.InFlight));
        string[] messages = [.. host.Services.GetRequiredService<EmbeddedCloudWatch>()
            .FilterLogEvents(new FilterLogEventsRequest { LogGroupName = "/shop" }).Events.Select(e => e.Message)];
        Assert.Equal(2, messages.Count(m => m.Contains("Miss", StringComparison.Ordinal)));
        Assert.DoesNotContain(messages, m => m.Contains("Hit", StringComparison.Ordinal));
        Assert.Equal((20, 20), Read(host, "Hits"));
        Assert.Equal((20, 20), Read(host, "Misses"));
        Assert.Contains(_log.Entries, e => e.Id.Name == "StoppedWithIntendedLoss");
        Assert.DoesNotContain(_log.Entries, e => e.Id.Name == "StoppedWithLoss");
    }

    [Fact]
    public void Every_setting_binds_from_configuration_and_all_faults_are_told_at_start()
    {
        Set(
            ("A:Pattern", "{ $.a = * }"), ("A:Namespace", "Shop"), ("A:Metric", "A"), ("A:Value", "$.a"), ("A:Dimensions:Region", "$.a"),
            ("A:Unit", "Seconds"),
            ("A:LogGroups:0", "/shop"), ("A:Sample", "5"),
            ("B:Pattern", "[a, b"), ("B:Namespace", "AWS/X"), ("B:Metric", "B"), ("B:Default", "0"), ("B:Discard", "true"));
        _ = _builder.AddCloudObserve().WithLogs();

        OptionsValidationException exception = Assert.ThrowsAny<OptionsValidationException>(_builder.Build);

        Assert.Collection(
            exception.Failures,
            f => Assert.StartsWith(
                "CloudObserve:MetricFilters:B:Pattern is '[a, b', but must be a filter pattern; at position 5: expected", f,
                StringComparison.Ordinal),
            f => Assert.StartsWith("CloudObserve:MetricFilters:B:Namespace is 'AWS/X', but CloudWatch: ", f, StringComparison.Ordinal));
        CloudObserveOptions options = new();
        _builder.Configuration.GetSection("CloudObserve").Bind(options);
        MetricFilterOptions a = options.MetricFilters["A"];
        Assert.Equal(
            ("{ $.a = * }", "Shop", "A", "$.a", "$.a", MetricUnit.Seconds, "/shop", 5, null),
            (a.Pattern, a.Namespace, a.Metric, a.Value, a.Dimensions["Region"], a.Unit, a.LogGroups.Single(), a.Sample, a.Default));
        Assert.Equal((0.0, true), (options.MetricFilters["B"].Default, options.MetricFilters["B"].Discard));
    }

    [Fact]
    public async Task Filters_follow_their_configuration_and_an_invalid_one_leaves_them_as_they_are()
    {
        Set(("A:Pattern", "Order"), ("A:Namespace", "Shop"), ("A:Metric", "Old"));
        _ = _builder.AddCloudObserve().WithLogs();
        using IHost host = await StartAsync();
        ILogger logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop");
        ICloudObserve library = host.Services.GetRequiredService<ICloudObserve>();

        logger.LogInformation("Order 1");
        _ = await library.FlushAsync();
        Change(host, ("A:Metric", "New"));
        logger.LogInformation("Order 2");
        logger.LogInformation("Order 3");
        _ = await library.FlushAsync();
        Change(host, ("A:Pattern", "[broken"));
        Change(host, ("A:Pattern", "[broken"));
        Change(host, ("A:Default", "no number"));
        logger.LogInformation("Order 4");
        await host.StopAsync();

        Assert.Equal((1, 1), Read(host, "Old"));
        Assert.Equal((3, 3), Read(host, "New"));
        Assert.Equal(["FiltersChanged", "FiltersRejected", "FiltersRejected"], _log.Entries.Select(e => e.Id.Name)
            .Where(n => n?.StartsWith("Filters", StringComparison.Ordinal) == true));
        Assert.Contains(_log.Entries, e => e.Text.Contains("MetricFilters:A:Pattern is '[broken'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_filter_that_is_provisioned_counts_in_CloudWatch_Logs_and_not_here_too()
    {
        _ = _builder.AddCloudObserve().WithLogs(l => l.LogGroup = "/shop/{environment}")
            .AddMetricFilter("There", "Order", t => t.Metric("Shop", "There").Provision())
            .AddMetricFilter("Here", "Order", t => t.Metric("Shop", "Here"));
        using IHost host = await StartAsync();
        host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop").LogInformation("Order 1");
        EmbeddedCloudWatch cloudWatch = host.Services.GetRequiredService<EmbeddedCloudWatch>();
        await UntilAsync(() => cloudWatch.DescribeMetricFilters(new DescribeMetricFiltersRequest()).MetricFilters.Count > 0);
        host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop").LogInformation("Order 2");
        await host.StopAsync();

        MetricFilterSummary filter = Assert.Single(cloudWatch.DescribeMetricFilters(new DescribeMetricFiltersRequest()).MetricFilters);
        Assert.Equal(("There", "/shop/Production"), (filter.FilterName, filter.LogGroupName));
        CloudObserveStatus status = host.Services.GetRequiredService<ICloudObserve>().GetStatus();
        Assert.Equal(["There"], status.ProvisionedFilters);
        Assert.Equal(["Here"], status.MetricFilters.Select(f => f.Name));
        Assert.Equal((2, 2), Read(host, "There"));
        Assert.Equal((2, 2), Read(host, "Here"));
    }

    [Fact]
    public async Task A_filter_that_may_not_be_provisioned_is_evaluated_here_and_the_missing_permission_is_named()
    {
        await using ScriptedCloudWatch aws = ScriptedCloudWatch.Start();
        aws.CreateLogGroup("/open");
        aws.Deny("PutMetricFilter");
        using IHost host = await StartOnAsync(aws);
        await UntilAsync(() => _log.Entries.Any(e => e.Id.Name == "FilterNotPut"));
        host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop").LogInformation("Order 1");
        await host.StopAsync();

        (LogLevel level, _, string text) = Assert.Single(_log.Entries, e => e.Id.Name == "FilterNotPut");
        Assert.Equal(LogLevel.Warning, level);
        Assert.Contains("logs:PutMetricFilter", text, StringComparison.Ordinal);
        Assert.Equal(1, aws.Series.Single(s => s.MetricName == "There").SampleCount);
        CloudObserveStatus status = host.Services.GetRequiredService<ICloudObserve>().GetStatus();
        Assert.Empty(status.ProvisionedFilters);
        Assert.Equal(1, Assert.Single(status.MetricFilters).Matched);
    }

    [Fact]
    public async Task A_filter_is_put_into_a_group_that_is_created_for_it_and_throttling_only_delays_it()
    {
        await using ScriptedCloudWatch aws = ScriptedCloudWatch.Start();
        aws.Script.Enqueue(Fault.Throttle());
        using IHost host = await StartOnAsync(aws);
        await UntilAsync(() => aws.MetricFilters.Count > 0);
        host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop").LogInformation("Order 1");
        await host.StopAsync();

        CreatedMetricFilter filter = Assert.Single(aws.MetricFilters);
        Assert.Equal(("/open", "There", "Order", "Shop", "There", "1"),
            (filter.LogGroupName, filter.FilterName, filter.FilterPattern, filter.MetricNamespace, filter.MetricName, filter.MetricValue));
        Assert.DoesNotContain(aws.Series, s => s.MetricName == "There");
        Assert.DoesNotContain(_log.Entries, e => e.Id.Name == "FilterNotPut");
    }

    [Fact]
    public void A_filter_can_be_put_into_fixed_groups_only_and_keeps_nothing_back()
    {
        _ = _builder.AddCloudObserve().WithLogs(l => l.LogGroup = "/shop/{date}")
            .AddMetricFilter("A", "x", t => t.Metric("Shop", "A").Provision())
            .AddMetricFilter("B", "x", t => t.Metric("Shop", "B").Provision().LogGroups("/shop").Discard());

        OptionsValidationException exception = Assert.ThrowsAny<OptionsValidationException>(_builder.Build);

        Assert.Collection(
            exception.Failures,
            f => Assert.StartsWith(
                "CloudObserve:MetricFilters:A:LogGroups is not set, but must name the log groups", f, StringComparison.Ordinal),
            f => Assert.StartsWith(
                "CloudObserve:MetricFilters:B:Provision is 'True', but must be false when Discard or Sample is set", f,
                StringComparison.Ordinal));
    }

    [Fact]
    public async Task Filters_without_logs_are_warned_of()
    {
        _ = _builder.AddCloudObserve().AddMetricFilter("A", "x", t => t.Metric("Shop", "A"));
        using IHost host = await StartAsync();
        await host.StopAsync();

        Assert.Contains(_log.Entries, e => e.Id.Name == "FiltersWithoutLogs");
    }

    [Fact]
    public async Task A_value_that_no_event_can_have_is_warned_of()
    {
        _ = _builder.AddCloudObserve().WithLogs().AddMetricFilter("A", "[a, b]", t => t.Metric("Shop", "A").Value("$c"))
            .AddMetricFilter("B", "[a, b]", t => t.Metric("Shop", "B").Value("$b"));
        using IHost host = await StartAsync();
        await host.StopAsync();

        Assert.Contains("filter A takes its value from $c", Assert.Single(_log.Entries, e => e.Id.Name == "FilterWithoutValue").Text,
            StringComparison.Ordinal);
    }

    private static (double Count, double Sum) Read(IHost host, string name)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        GetMetricStatisticsResponse found = host.Services.GetRequiredService<EmbeddedCloudWatch>()
            .GetMetricStatistics(new GetMetricStatisticsRequest
            {
                Metric = new MetricIdentifier("Shop", name),
                StartTime = now.AddHours(-1),
                EndTime = now.AddHours(1),
                Period = TimeSpan.FromHours(3),
                Statistics = ["SampleCount", "Sum"],
            });
        return (found.Datapoints.Sum(d => d.SampleCount ?? 0), found.Datapoints.Sum(d => d.Sum ?? 0));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }

    private async Task<IHost> StartOnAsync(ScriptedCloudWatch aws)
    {
        _ = _builder.AddCloudObserve().WithLogs(l => l.LogGroup = "/open")
            .AddMetricFilter("There", "Order", t => t.Metric("Shop", "There").Provision())
            .UseAws(o =>
            {
                o.ServiceUrl = aws.Url;
                o.Region = "eu-west-1";
                o.Credentials = new Amazon.Runtime.BasicAWSCredentials(ScriptedCloudWatch.AccessKeyId, ScriptedCloudWatch.SecretAccessKey);
            });
        return await StartAsync();
    }

    private static void Change(IHost host, params (string Key, string Value)[] settings)
    {
        IConfigurationRoot configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        foreach ((string key, string value) in settings)
        {
            configuration[$"CloudObserve:MetricFilters:{key}"] = value;
        }

        configuration.Reload();
    }

    private void Set(params (string Key, string Value)[] settings) => _builder.Configuration.AddInMemoryCollection(
        settings.Select(s => KeyValuePair.Create($"CloudObserve:MetricFilters:{s.Key}", (string?)s.Value)));

    private async Task<IHost> StartAsync()
    {
        IHost host = _builder.Build();
        await host.StartAsync();
        return host;
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
}
