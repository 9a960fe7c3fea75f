using System.Numerics;
using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.LogEvents.Redaction;
using CloudObserve.LogEvents.Routing;
using CloudObserve.LogEvents.Wire;
using CloudObserve.Logs;
using CloudObserve.Logs.Capture;
using CloudObserve.Logs.Formatting;
using CloudObserve.Pipeline.Batches;
using CloudObserve.Pipeline.Buffering;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Hosting;

/// <summary>Holds the parts of one host's logs: the provider that the logging framework uses and the signal that the host runs.</summary>
internal sealed record LogsComposition(CloudObserveLoggerProvider Provider, LogsSignal Signal)
{
    /// <summary>The name of the logs signal in reports, instruments and logs.</summary>
    internal const string SignalName = "logs";

    // The reader is woken when the ring is filled to one part in this many, so that writers do not fill it up while the reader works.
    private const int WakeShare = 4;

    internal static LogsComposition Create(
        CloudObserveOptions options,
        LogIdentity identity,
        ILogEventFormatter? formatter,
        DeliveryTarget target,
        IDiagnosticEvents events,
        TimeProvider time,
        ILogEventFilter? filter = null,
        Func<CancellationToken, Task>? prepare = null)
    {
        LogsOptions logs = options.Logs;
        StripedCounter accepted = new();
        LossLedger ledger = new(SignalName, events, () => accepted.Total, LogLossReasons.All);
        ByteRing ring = new((int)BitOperations.RoundUpToPowerOf2((uint)logs.BufferBytes));
        RingReaderWait signal = new(ring, ring.Capacity / WakeShare, time);
        LogRecordBuffer buffer = new(logs, ring, signal, accepted, new LogRefusals(ledger, events, ring.MaxRecordLength), time);
        InternTable texts = new();
        LogPumpParts parts = new(
            ring,
            signal,
            buffer,
            texts,
            new DeliveryLoop(target, options.Delivery, ledger, events, time),
            ledger,
            events,
            time);
        LogPump pump = new(
            parts,
            new LogBatches(new LogRouter(logs.LogGroup, logs.LogStream, logs.Routes, identity)),
            new EventTexts(
                logs.Format,
                isJson: formatter is null && logs.Format == LogFormat.Json,
                logs.Redaction.Enabled ? new Redactor(logs.Redaction) : null),
            filter,
            formatter is null ? null : new HostFormatter(formatter, texts, time),
            waitsForRoom: logs.WhenFull == WhenFull.Wait);
        CloudObserveLoggerProvider provider = new(buffer, time, texts, Math.Min(ring.MaxRecordLength, LogCapture.DefaultMaxRecordBytes));
        return new LogsComposition(provider, new LogsSignal(parts, pump, logs, prepare));
    }
}
