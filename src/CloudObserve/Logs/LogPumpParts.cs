using CloudObserve.Diagnostics;
using CloudObserve.Logs.Capture;
using CloudObserve.Pipeline.Batches;
using CloudObserve.Pipeline.Buffering;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Logs;

/// <summary>Holds the parts of one host's logs; the composition root and tests create it.</summary>
internal sealed record LogPumpParts(
    ByteRing Ring,
    RingReaderWait Signal,
    LogRecordBuffer Buffer,
    InternTable Texts,
    DeliveryLoop Loop,
    LossLedger Ledger,
    IDiagnosticEvents Events,
    TimeProvider Time);
