using CloudObserve.Delivery;
using CloudObserve.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Hosting;

/// <summary>
/// Hosts that start on a spool which is worth a notice: the notice is logged, and starting and stopping are what they always are.
/// </summary>
public sealed class BadSpoolTests : IDisposable
{
    private const int Hosts = 200;
    private const int Slots = 64;
    private static readonly TimeSpan Safety = TimeSpan.FromMinutes(1);

    private readonly string _state = Directory.CreateTempSubdirectory("cloudobserve-badspool").FullName;

    public enum Harm
    {
        /// <summary>Files that are no batches lie in it.</summary>
        Garbage,

        /// <summary>
        /// Nothing may be written to it, as on a read-only disk. A directory where the lock should be fails in the same way, for an
        /// administrator too.
        /// </summary>
        ReadOnly,

        /// <summary>Every slot belongs to a running process.</summary>
        NoSlot,

        /// <summary>Files have the paths of the slots.</summary>
        FilesForSlots,

        /// <summary>The files that another process left cannot be taken over.</summary>
        Leftover,
    }

    private string Spool => Path.Combine(_state, "spool");

    public void Dispose() => Directory.Delete(_state, recursive: true);

    [Theory]
    [InlineData(Harm.Garbage)]
    [InlineData(Harm.ReadOnly)]
    [InlineData(Harm.NoSlot)]
    [InlineData(Harm.FilesForSlots)]
    [InlineData(Harm.Leftover)]
    public async Task Two_hundred_hosts_start_on_it_log_and_stop(Harm harm)
    {
        List<FileStream> held = [];
        for (int i = 0; i < Hosts; i++)
        {
            Do(harm, held);
            await RunAsync();
        }

        held.ForEach(file => file.Dispose());
    }

    private async Task RunAsync()
    {
        CountingSink sink = new();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings
        {
            ApplicationName = "Shop",
        });
        NoticeProvider notices = new();
        builder.Logging.AddProvider(notices);
        builder.Configuration["CloudObserve:StateDirectory"] = _state;
        _ = builder.AddCloudObserve().UseAws().UseSink(_ => sink).WithLogs(l => l.FlushInterval = TimeSpan.FromSeconds(1));
        using IHost host = builder.Build();
        await host.StartAsync().WaitAsync(Safety);
        ILogger logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop");
        for (int i = 0; i < 3; i++)
        {
            logger.LogInformation("Event {Number}", i);
        }

        host.Services.GetRequiredService<IMetricPublisher>().Put("Orders", 1);
        await host.StopAsync().WaitAsync(Safety);

        IReadOnlyDictionary<string, LedgerSnapshot> books = host.Services.GetRequiredService<ICloudObserve>().Ledgers;
        Assert.Equal(0, books["logs"].InFlight + books["metrics"].InFlight);
        Assert.InRange(sink.LogEvents, 3, long.MaxValue);
        Assert.Equal(1, books["metrics"].Delivered);
        Assert.NotEqual(0, notices.Count);
    }

    private void Do(Harm harm, List<FileStream> held)
    {
        switch (harm)
        {
            case Harm.Garbage:
                Garbage("logs");
                Garbage("metrics");
                break;
            case Harm.ReadOnly:
                _ = Directory.CreateDirectory(Path.Combine(Spool, "0", "lock"));
                break;
            case Harm.NoSlot when held.Count == 0:
                held.AddRange(Enumerable.Range(0, Slots).Select(i => new FileStream(
                    Path.Combine(Directory.CreateDirectory(Path.Combine(Spool, $"{i}")).FullName, "lock"), FileMode.OpenOrCreate,
                    FileAccess.ReadWrite, FileShare.None)));
                break;
            case Harm.FilesForSlots:
                _ = Directory.CreateDirectory(Spool);
                Enumerable.Range(0, Slots).ToList().ForEach(i => File.WriteAllText(Path.Combine(Spool, $"{i}"), ""));
                break;
            case Harm.Leftover:
                _ = Directory.CreateDirectory(Path.Combine(Spool, "1", "lock"));
                break;
        }
    }

    private void Garbage(string signal)
    {
        string directory = Directory.CreateDirectory(Path.Combine(Spool, "0", signal)).FullName;
        File.WriteAllText(Path.Combine(directory, $"{DateTime.UtcNow.Ticks:D19}-0000000100000002-7.batch"), "this is no batch");
    }

    private sealed class CountingSink : IBatchSink
    {
        private long _logEvents;

        internal long LogEvents => Interlocked.Read(ref _logEvents);

        public ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken)
        {
            _ = batch.Operation == "PutLogEvents" ? Interlocked.Add(ref _logEvents, batch.ItemCount) : 0;
            return ValueTask.FromResult(SendResult.Delivered());
        }
    }

    /// <summary>Counts what the library says of its spool, and logs itself while it does, as a provider may.</summary>
    private sealed class NoticeProvider : ILoggerProvider, ILogger
    {
        private int _count;

        internal int Count => Volatile.Read(ref _count);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Name is "DataLost" or "SetupIncomplete")
            {
                Interlocked.Increment(ref _count);
            }
        }

        public void Dispose()
        {
        }
    }
}
