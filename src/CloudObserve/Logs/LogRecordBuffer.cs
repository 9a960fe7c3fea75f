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
    LogsOptions options, ByteRing ring, RingSignal signal, StripedCounter accepted, LossLedger ledger, IDiagnosticEvents events, TimeProvider time) : ILogRecordSink
{
    private const string Full = "more was logged than could be written, and the buffer (Logs:BufferBytes) was full.";
    private const string Late = "it was logged after the library had been closed.";
    private const string Nested = "logging calls were under way within each other, too many deep: a ToString that logs its own object does that.";

    private readonly string _tooLarge = $"an event took more than {ring.MaxRecordLength} bytes of the buffer, a quarter of Logs:BufferBytes.";

    private readonly LogLevel _flushLevel = options.FlushLevel;
    private long _dropped;
    private int _hurry;

    /// <summary>Gets how many records were ever dropped because the ring was full.</summary>
    internal long Dropped => Interlocked.Read(ref _dropped);

    public bool TryClaim(int length, LogLevel level, out RingClaim claim)
    {
        if ((length > ring.MaxRecordLength || !ring.TryClaim(length, out claim)) && !TryClaimFull(length, out claim))
        {
            return false;
        }

        // Before it is published, and so before its fate can be booked: in flight is never negative.
        accepted.Increment();
        return true;
    }

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
        if (cause is not null)
        {
            ledger.RefuseMisuse(reason, NameOf(cause), $"A log event could not be captured: {ExceptionText.MessageOf(cause)}");
            return;
        }

        ledger.RefuseOnHotPath(reason, reason switch
        {
            LossReason.TooLarge => _tooLarge,
            LossReason.Closed => Late,
            LossReason.FormatterFailed => Nested,
            _ => Full,
        });
    }

    // No event is lost by it, so the books do not know of it.
    public void ValueFailed(Exception cause) => events.MisuseFound(
        ledger.Signal,
        nameof(LossReason.FormatterFailed),
        NameOf(cause),
        $"A value, scope, exception or formatter of the application threw, and the log event shows a marker in its place: {ExceptionText.MessageOf(cause)}");

    /// <summary>Tells, once, whether an event came that may not wait.</summary>
    internal bool TakeHurry_ReaderOnly() => Interlocked.Exchange(ref _hurry, 0) == 1;

    private static string NameOf(Exception cause) => cause.GetType().FullName ?? "Exception";

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
