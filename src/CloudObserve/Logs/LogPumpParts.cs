using CloudObserve.Diagnostics;
using CloudObserve.Logs.Capture;
using CloudObserve.Pipeline.Buffering;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Logs;

/// <summary>What the logs of one host are made of; the composition root and tests put it together.</summary>
internal sealed record LogPumpParts(
    ByteRing Ring,
    RingSignal Signal,
    LogRecordBuffer Buffer,
    TextTable Texts,
    DeliveryLoop Loop,
    LossLedger Ledger,
    IDiagnosticEvents Events,
    TimeProvider Time);
