using CloudObserve.Logs;
using CloudObserve.Logs.Capture;
using CloudObserve.Pipeline.Batches;
using CloudObserve.Pipeline.Buffering;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Benchmarks.Logs;

/// <summary>Represents this library's capture as the host composes it.</summary>
/// <remarks>Records are read and dropped.</remarks>
internal sealed class OurCapture : ILogPipeline
{
    private readonly ByteRing _ring = new(CallerCost.Events * 512);
    private readonly RingReaderWait _wait;
    private readonly CloudObserveLoggerProvider _provider;
    private readonly ILoggerFactory _factory;

    internal OurCapture()
    {
        _wait = new RingReaderWait(_ring, _ring.Capacity / 4, TimeProvider.System);
        FailingEvents events = new();
        LossLedger ledger = new("logs", events, null, LogLossReasons.All);
        LogRefusals refusals = new(ledger, events, _ring.MaxRecordLength);
        LogRecordBuffer buffer = new(new LogsOptions(), _ring, _wait, new StripedCounter(), refusals, TimeProvider.System);
        _provider = new CloudObserveLoggerProvider(buffer, TimeProvider.System, new InternTable(), LogCapture.DefaultMaxRecordBytes);
        _factory = LoggerFactories.With(_provider);
        Logger = _factory.CreateLogger(LoggerFactories.Category);
    }

    public ILogger Logger { get; }

    public long Arrived { get; private set; }

    public void Drain()
    {
        while (_ring.TryRead(out _))
        {
            Arrived++;
        }

        _ring.Release();
    }

    public void Dispose()
    {
        _factory.Dispose();
        _provider.Dispose();
        _wait.Dispose();
    }
}
