using System.Collections.Concurrent;
using CloudObserve.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudObserve.Tests.Hosting;

public sealed class ConfigurationWarningsTests
{
    [Fact]
    public async Task A_key_without_effect_is_a_warning_at_start_that_names_the_nearest_key() => Assert.Equal(
        ["The configuration has a fault that does not stop the start: CloudObserve:Metric has no effect, because there is no such key. The nearest key is CloudObserve:Metrics."],
        await WarningsAsync(_ => { }, ("Metric:Namespace", "Shop")));

    [Fact]
    public async Task A_list_in_the_place_of_an_object_is_a_warning() => Assert.Equal(
        ["The configuration has a fault that does not stop the start: CloudObserve:Metrics:DefaultDimensions is a list, but must be an object: each member's name is the name of the item that it configures."],
        await WarningsAsync(_ => { }, ("Metrics:DefaultDimensions:0", "eu")));

    [Fact]
    public async Task Many_keys_without_effect_are_told_in_part_and_counted() => Assert.EndsWith(
        "5 further keys below CloudObserve have no effect either.",
        (await WarningsAsync(_ => { }, [.. Enumerable.Range(0, 25).Select(i => ($"Qqqqqqqq{i}", "x"))]))[^1],
        StringComparison.Ordinal);

    [Fact]
    public async Task A_section_whose_part_was_not_added_is_a_warning()
    {
        Assert.Equal(
            [
                "The configuration section CloudObserve:Logs has no effect, because logs are not added. Call WithLogs().",
                "The configuration section CloudObserve:AuditTrail has no effect, because the audit trail is not added. Call WithAuditTrail().",
            ],
            await WarningsAsync(_ => { }, ("Logs:LogGroup", "/shop"), ("AuditTrail:TrailName", "shop")));
        Assert.Empty(await WarningsAsync(b => b.WithLogs(), ("Logs:LogGroup", "/shop")));
        Assert.Empty(await WarningsAsync(b => b.WithMetrics(m => m.UseEmbeddedMetricFormat()), ("Logs:LogGroup", "/shop")));
    }

    [Fact]
    public void Several_faults_stand_on_several_lines()
    {
        using ServiceProvider provider =
            new ServiceCollection().AddSingleton(Configuration(("Metrics:Namespace", "AWS/x"), ("Destination", "Moon"))).AddCloudObserve()
            .Services.BuildServiceProvider();

        OptionsValidationException exception =
            Assert.ThrowsAny<OptionsValidationException>(() => provider.GetRequiredService<IOptions<CloudObserveOptions>>().Value);

        Assert.Equal(
            [
                "The options of CloudObserve have 2 faults:",
                "  CloudObserve:Destination is 'Moon', but must be one of Local, Aws",
                "  CloudObserve:Metrics:Namespace is 'AWS/x', but this breaks a rule of CloudWatch: A namespace must not begin with AWS/, which is reserved",
            ],
            exception.Message.Split(Environment.NewLine));
        Assert.Equal(2, exception.Failures.Count());
    }

    [Fact]
    public async Task Metrics_on_standard_output_are_not_said_to_go_to_CloudWatch() => Assert.Equal(
        "CloudObserve publishes to standard output.",
        Assert.Single(await LinesAsync(
            LogLevel.Information,
            b => b.WithMetrics(m => m.UseEmbeddedMetricFormat(f => f.Target = CloudObserve.Metrics.EmbeddedMetricTarget.StandardOutput))),
            l => l.Contains("publishes to", StringComparison.Ordinal)));

    private static Task<string[]> WarningsAsync(Action<CloudObserveBuilder> configure, params (string Key, string Value)[] settings) =>
        LinesAsync(LogLevel.Warning, configure, settings);

    private static async Task<string[]> LinesAsync(
        LogLevel level, Action<CloudObserveBuilder> configure, params (string Key, string Value)[] settings)
    {
        using Lines lines = new();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings
        {
            EnvironmentName = Environments.Development,
        });
        _ = builder.Configuration.AddConfiguration(Configuration(settings));
        _ = builder.Logging.AddProvider(lines).SetMinimumLevel(level);
        configure(builder.AddCloudObserve());
        using IHost host = builder.Build();
        await host.StartAsync();
        await host.StopAsync();
        return [.. lines.OfHost];
    }

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create("CloudObserve:" + s.Key, (string?)s.Value)))
        .Build();

    private sealed class Lines : ILoggerProvider
    {
        internal ConcurrentQueue<string> OfHost { get; } = new();

        public ILogger CreateLogger(string categoryName) =>
            categoryName == Log.HostCategory ? new Logger(OfHost) : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public void Dispose()
        {
        }

        private sealed class Logger(ConcurrentQueue<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                lines.Enqueue(formatter(state, exception));
        }
    }
}
