using CloudObserve.Delivery;
using CloudObserve.Hosting;
using CloudObserve.LogEvents.Routing;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Benchmarks.Logs;

/// <summary>
/// Represents this library's complete logs as the host composes them, with redaction, up to PutLogEvents bodies that a sink drops.
/// </summary>
internal sealed class OurLogs : ILogPipeline, IBatchSink
{
    private readonly LogsComposition _composition;
    private readonly ILoggerFactory _factory;
    private long _arrived;

    internal OurLogs()
    {
        CloudObserveOptions options = new() { Logs = { BufferBytes = 64 * 1024 * 1024, FlushInterval = TimeSpan.FromMinutes(1) } };
        _composition = LogsComposition.Create(
            options, new LogIdentity("storefront", "Production", "host", "one", "1"), null, new(this), new FailingEvents(),
            TimeProvider.System);
        _composition.Signal.Start();
        _factory = LoggerFactories.With(_composition.Provider);
        Logger = _factory.CreateLogger(LoggerFactories.Category);
    }

    public ILogger Logger { get; }

    public long Arrived => Interlocked.Read(ref _arrived);

    // Called by several deliveries concurrently.
    public ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken)
    {
        _ = Interlocked.Add(ref _arrived, batch.ItemCount);
        return ValueTask.FromResult(SendResult.Delivered());
    }

    public void Drain() => _composition.Signal.FlushAsync(CancellationToken.None).GetAwaiter().GetResult();

    public void Dispose()
    {
        _factory.Dispose();
        _composition.Signal.CloseAsync(CancellationToken.None).GetAwaiter().GetResult();
        _composition.Provider.Dispose();
    }
}
