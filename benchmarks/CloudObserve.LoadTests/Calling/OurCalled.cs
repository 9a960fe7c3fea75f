using CloudObserve.Audit;
using CloudObserve.Benchmarks.Logs;
using CloudObserve.Delivery;
using CloudObserve.LoadTests.Working;
using CloudObserve.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudObserve.LoadTests.Calling;

/// <summary>Represents a call of this library in a typical host, using public API only.</summary>
internal sealed class OurCalled : ICalled
{
    // Room for as many events as in the queues of the other libraries, with about 200 bytes each.
    private const int BufferBytes = 16 << 20;

    private readonly string _directory;
    private readonly string _signal;
    private readonly IHost _host;
    private readonly ICloudObserve _observe;
    private readonly Func<ValueTask> _call;
    private long _calls;

    private OurCalled(string directory, string signal, IHost host, Func<IServiceProvider, Func<ValueTask>> call)
    {
        (_directory, _signal, _host) = (directory, signal, host);
        _observe = host.Services.GetRequiredService<ICloudObserve>();
        _call = call(host.Services);
    }

    internal static Task<OurCalled> LogAsync(Uri? url) => StartAsync("logs", url, _ => { }, services =>
    {
        ILogger logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(LoggerFactories.Category);
        return () =>
        {
            ShopMessages.OrderPlacedGenerated(logger);
            return default;
        };
    });

    internal static Task<OurCalled> PutAsync(Uri? url) => StartAsync("metrics", url, _ => { }, services =>
    {
        IMetricPublisher metrics = services.GetRequiredService<IMetricPublisher>();
        return () =>
        {
            metrics.Put("OrderValue", 249.5, MetricUnit.None, ("Region", "eu"), ("Tier", "gold"), ("Channel", "web"));
            return default;
        };
    });

    internal static Task<OurCalled> RecordAsync(Uri? url) =>
        StartAsync("audit", url, o => o.WithAuditTrail(a => a.PublishMetrics = false), services =>
    {
        IAuditTrail trail = services.GetRequiredService<IAuditTrail>();
        return () => trail.RecordAsync(new AuditEvent("RefundOrder")
        {
            UserIdentity = new AuditIdentity("IAMUser") { UserName = "ann", PrincipalId = "u-1" },
            RequestParameters = new AuditData { ["orderId"] = "42", ["amount"] = 12.5m },
        });
    });

    public ValueTask CallAsync()
    {
        _ = Interlocked.Increment(ref _calls);
        return _call();
    }

    public async ValueTask<long> DrainAsync()
    {
        _ = await _observe.FlushAsync();
        LedgerSnapshot books = _observe.Ledgers[_signal];
        long calls = Interlocked.Read(ref _calls);
        return books.Accepted == calls
            ? books.TotalLost : throw new InvalidOperationException($"{calls} calls were made, and the books know of {books.Accepted}.");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    // Without an address, data is dropped instead of sent.
    private static async Task<OurCalled> StartAsync(
        string signal, Uri? url, Action<CloudObserveBuilder> add, Func<IServiceProvider, Func<ValueTask>> call)
    {
        // Below the working directory, because a temporary directory may be in memory, where the durability of audit records costs nothing.
        string directory = Directory.CreateDirectory(Path.Combine(Environment.CurrentDirectory, $"calls-{Guid.NewGuid():N}")).FullName;
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(
            [$"--CloudObserve:Logs:BufferBytes={BufferBytes}", $"--CloudObserve:StateDirectory={directory}",
                $"--CloudObserve:AuditTrail:Directory={Path.Combine(directory, "audit")}"]);
        _ = builder.Logging.ClearProviders().AddFilter("Microsoft", LogLevel.None);
        CloudObserveBuilder observe = Worker.Observe(builder, new WorkerSettings { Url = url, Json = true });
        add(observe);
        _ = url is null ? observe.UseSink(_ => new DroppingSink()) : observe;
        IHost host = builder.Build();
        await host.StartAsync();
        return new OurCalled(directory, signal, host, call);
    }
}
