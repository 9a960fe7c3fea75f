using CloudObserve.Delivery;
using CloudObserve.Hosting;
using CloudObserve.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Hosting;

/// <summary>
/// An application whose thread pool has no thread left: whoever waits for the library with a token or a deadline is let go all the same.
/// </summary>
/// <remarks>Apart from all other tests, which need the pool.</remarks>
[CollectionDefinition(Name, DisableParallelization = true)]
[Collection(Name)]
public sealed class ExhaustedPoolTests : IDisposable
{
    public const string Name = "Exhausted pool";

    // Far more than the pool makes threads for while a test lasts: it adds one or two a second.
    private const int Blocking = 2_000;
    private const int Hosts = 12;
    private static readonly TimeSpan Safety = TimeSpan.FromSeconds(60);

    private readonly string _state = Directory.CreateTempSubdirectory("cloudobserve-pool").FullName;
    private readonly ManualResetEventSlim _release = new();

    public void Dispose()
    {
        _release.Set();
        Directory.Delete(_state, recursive: true);
    }

    [Fact]
    public void A_flush_that_is_called_off_returns_and_a_close_spools_everything_at_its_deadline()
    {
        // Several hosts, because a continuation is stranded only when work ends in the moment in which somebody begins to wait for it.
        IHost[] hosts = [.. Enumerable.Range(0, Hosts).Select(_ => Start())];
        Exhaust();
        Array.ForEach(hosts, host =>
        {
            Use(host);
            AssertFlushHeedsItsToken(host);
        });

        Task[] closings = [.. hosts.Select(h => h.Services.GetRequiredService<CloudObserveRuntime>().CloseAsync(CancellationToken.None))];
        Assert.True(SpinWait.SpinUntil(() => closings.All(c => c.IsCompleted), Safety), "Closing did not end.");

        Assert.False(_release.IsSet);
        Assert.All(hosts, AssertEverythingIsSpooled);
        _release.Set();
        Array.ForEach(hosts, host => host.Dispose());
    }

    private static void Use(IHost host)
    {
        ILogger logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop");
        for (int i = 0; i < 100; i++)
        {
            logger.LogInformation("Event {Number}", i);
        }

        host.Services.GetRequiredService<IMetricPublisher>().Put("Orders", 1);
    }

    private static void AssertFlushHeedsItsToken(IHost host)
    {
        using CancellationTokenSource patience = new();
        Task<FlushResult> flushing = host.Services.GetRequiredService<ICloudObserve>().FlushAsync(patience.Token).AsTask();
        patience.Cancel();
        Assert.True(SpinWait.SpinUntil(() => flushing.IsCompleted, Safety), "The flush did not heed its token.");
        Assert.False(ResultOf(flushing).Completed);
    }

    private static void AssertEverythingIsSpooled(IHost host)
    {
        IReadOnlyDictionary<string, LedgerSnapshot> ledgers = host.Services.GetRequiredService<ICloudObserve>().Ledgers;
        Assert.All(ledgers.Values,
            books => Assert.Equal((books.Accepted, 0, books.Accepted), (books.InFlight, books.TotalLost, books.Spooled)));
        Assert.Equal((100, 1), (ledgers["logs"].Spooled, ledgers["metrics"].Spooled));
    }

    // Of a task that has completed. The test must not await, because its continuation would need the pool.
    private static T ResultOf<T>(Task<T> completed) => completed.GetAwaiter().GetResult();

    private IHost Start()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings
        {
            ApplicationName = "Shop",
        });
        builder.Configuration["CloudObserve:StateDirectory"] = _state;
        _ = builder.Logging.AddFilter((category, _) => category == "Shop");
        _ = builder.AddCloudObserve().UseAws().UseSink(_ => new SilentSink()).WithLogs()
            .WithDelivery(d => d.ShutdownTimeout = TimeSpan.FromSeconds(1));
        IHost host = builder.Build();
        host.Start();
        return host;
    }

    private void Exhaust()
    {
        ThreadPool.GetMinThreads(out int enough, out _);
        int running = 0;
        for (int i = 0; i < Blocking; i++)
        {
            _ = ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    Interlocked.Increment(ref running);
                    if (!_release.Wait(Safety))
                    {
                        // The test has failed, and its end needs the pool.
                        _release.Set();
                    }
                },
                null);
        }

        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref running) >= enough, Safety));
    }

    private sealed class SilentSink : IBatchSink
    {
        public async ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return SendResult.Delivered();
        }
    }
}
