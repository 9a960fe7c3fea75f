using Amazon.Runtime;
using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Logs;
using CloudObserve.Metrics;
using CloudObserve.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Scenarios;

/// <summary>
/// A hosted application that logs to a CloudWatch which fails as it is told to; set up through nothing but the public face.
/// </summary>
internal sealed class LoggingApp : IAsyncDisposable
{
    internal const string Group = "/shop";

    // Far longer than any scenario lasts; it only keeps one that never ends from hanging the tests.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly IHost _host;

    private LoggingApp(IHost host, ScriptedCloudWatch aws, LibraryNotices notices) => (_host, Aws, Notices) = (host, aws, notices);

    /// <summary>Gets the messages of the library itself.</summary>
    internal LibraryNotices Notices { get; }

    internal ScriptedCloudWatch Aws { get; }

    internal ILogger Logger => LoggerOf("Shop.Orders");

    internal ILogger LoggerOf(string category) => _host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(category);

    internal IMetricPublisher Metrics => _host.Services.GetRequiredService<IMetricPublisher>();

    internal LedgerSnapshot Books => BooksOf("logs");

    internal LedgerSnapshot BooksOf(string signal) => _host.Services.GetRequiredService<ICloudObserve>().Ledgers[signal];

    /// <summary>Gets the messages that were accepted, in order of acceptance.</summary>
    internal IReadOnlyList<string> Messages => [.. Aws.LogEvents.Select(e => e.Message)];

    /// <param name="logs">A step of the test's own.</param>
    /// <param name="delivery">A step of the test's own.</param>
    /// <param name="state">The directory that outlives the application; without one there is no spool.</param>
    internal static async Task<LoggingApp> StartAsync(
        Action<LogsOptions>? logs = null, Action<DeliveryOptions>? delivery = null, string? state = null)
    {
        ScriptedCloudWatch aws = ScriptedCloudWatch.Start();
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        // The host itself would log too, and the numbers here are the shop's.
        _ = builder.Logging.ClearProviders().AddFilter("Microsoft", LogLevel.None);
        LibraryNotices notices = new();
        _ = builder.Logging.AddProvider(notices);
        _ = builder.Services.AddSingleton<TimeProvider>(new HurriedTime());
        builder.AddCloudObserve()
            .UseAws(a =>
            {
                a.Region = "eu-west-1";
                a.ServiceUrl = aws.Url;
                a.Credentials = new BasicAWSCredentials(ScriptedCloudWatch.AccessKeyId, ScriptedCloudWatch.SecretAccessKey);
            })
            .WithLogs(l =>
            {
                (l.LogGroup, l.LogStream) = (Group, "one");
                logs?.Invoke(l);
            })
            .WithDelivery(d =>
            {
                // A request that takes long on a busy machine is no fault of the script.
                d.RequestTimeout = TimeSpan.FromMinutes(5);
                d.MaxRetryDelay = TimeSpan.FromSeconds(2);
                d.Spool.Enabled = state is not null;
                delivery?.Invoke(d);
            })
            .UseLogEventFormatter(_ => new MessageOnly());
        _ = builder.Services.Configure<CloudObserveOptions>(o => o.StateDirectory = state);
        IHost host = builder.Build();
        await host.StartAsync();
        return new LoggingApp(host, aws, notices);
    }

    internal void Log(int from, int count)
    {
        for (int i = from; i < from + count; i++)
        {
            Logger.LogInformation("event {Number:D6}", i);
        }
    }

    /// <summary>Flushes, and waits until the library's messages about what happened until then are logged.</summary>
    internal async Task<FlushResult> FlushAsync()
    {
        FlushResult result = await _host.Services.GetRequiredService<ICloudObserve>().FlushAsync().AsTask().WaitAsync(Patience);

        // Messages are logged shortly after their cause, on the thread pool. A flush does not wait for them.
        await _host.Services.GetRequiredService<IDiagnosticEvents>().WhenSaidAsync().WaitAsync(Patience);
        return result;
    }

    internal Task StopAsync() => _host.StopAsync().WaitAsync(Patience);

    /// <summary>Asserts that the numbered events arrived, each once, and that the books say so.</summary>
    internal void AssertAllArrived(int count)
    {
        Assert.Equal(Enumerable.Range(0, count).Select(i => $"event {i:D6}"), Messages.Order(StringComparer.Ordinal));
        LossAssert.AllDelivered(_host.Services.GetRequiredService<ICloudObserve>());
        Assert.Equal(count, Books.Accepted);
    }

    public async ValueTask DisposeAsync()
    {
        await Aws.DisposeAsync();
        if (_host is IAsyncDisposable host)
        {
            await host.DisposeAsync();
        }
    }
}
