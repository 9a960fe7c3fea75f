using System.Runtime.CompilerServices;
using CloudObserve.Diagnostics;
using CloudObserve.Logs.Capture;
using CloudObserve.Pipeline.Buffering;
using CloudObserve.Pipeline.Delivery;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Logs;

/// <summary>Where captured records wait for the reader: the ring, what happens when it is full, and the books of what never got in.</summary>
/// <threadsafety>Safe for concurrent use. A record that finds room takes no lock.</threadsafety>
internal sealed class LogRecordBuffer(
    LogsOptions options, ByteRing ring, RingSignal signal, LossLedger ledger, IDiagnosticEvents events, TimeProvider time) : ILogRecordSink
{
    private readonly LogLevel _flushLevel = options.FlushLevel;
    private long _dropped;
    private int _hurry;

    /// <summary>Gets how many records were ever dropped because the ring was full.</summary>
    internal long Dropped => Interlocked.Read(ref _dropped);

    public bool TryClaim(int length, LogLevel level, out RingClaim claim) =>
        (length <= ring.MaxRecordLength && ring.TryClaim(length, out claim)) || TryClaimFull(length, out claim);

    public void Publish(in RingClaim claim, LogLevel level)
    {
        ring.Publish(claim);
        if (level >= _flushLevel)
        {
            // Stored before the wake-up, which has a fence of its own: the reader that it wakes sees it.
            Volatile.Write(ref _hurry, 1);
            signal.Wake();
        }
        else
        {
            signal.Written(claim);
        }
    }

    public void Refused(LossReason reason, Exception? cause)
    {
        ledger.Refuse(reason);
        if (cause is not null)
        {
            Tell(reason, cause, "A log event could not be captured");
        }
    }

    public void ValueFailed(Exception cause) =>
        Tell(LossReason.FormatterFailed, cause, "A value, scope, exception or formatter of the application threw, and the log event shows a marker in its place");

    /// <summary>Tells, once, whether an event came that may not wait.</summary>
    internal bool TakeHurry_ReaderOnly() => Interlocked.Exchange(ref _hurry, 0) == 1;

    private void Tell(LossReason reason, Exception cause, string what) => events.MisuseFound(
        ledger.Signal, reason.ToString(), cause.GetType().FullName ?? "Exception", $"{what}: {ExceptionText.MessageOf(cause)}");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryClaimFull(int length, out RingClaim claim)
    {
        claim = default;
        if (length > ring.MaxRecordLength)
        {
            Refused(LossReason.TooLarge, null);
            return false;
        }

        signal.Wake();
        if (options.WhenFull == WhenFull.Wait && TryWait(length, out claim))
        {
            return true;
        }

        if (ring.IsClosed)
        {
            Refused(LossReason.Closed, null);
            return false;
        }

        _ = Interlocked.Increment(ref _dropped);
        Refused(LossReason.BufferFull, null);
        return false;
    }

    /// <summary>Holds the caller, which asked for that, until there is room.</summary>
    private bool TryWait(int length, out RingClaim claim)
    {
        long start = time.GetTimestamp();
        SpinWait spin = default;
        do
        {
            spin.SpinOnce();
            if (ring.TryClaim(length, out claim))
            {
                return true;
            }
        }
        while (!ring.IsClosed && time.GetElapsedTime(start) < options.WhenFullTimeout);

        return false;
    }
}
