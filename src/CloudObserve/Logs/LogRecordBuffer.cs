using System.Runtime.CompilerServices;
using CloudObserve.Delivery;
using CloudObserve.Logs.Capture;
using CloudObserve.Pipeline.Batches;
using CloudObserve.Pipeline.Buffering;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Logs;

/// <summary>Holds captured records until the reader takes them, and counts records that are refused.</summary>
/// <threadsafety>Safe for concurrent use. A record that finds room takes no lock.</threadsafety>
internal sealed class LogRecordBuffer(
    LogsOptions options, ByteRing ring, RingReaderWait signal, StripedCounter accepted, LogRefusals refusals, TimeProvider time)
    : ILogRecordSink
{
    private readonly LogLevel _flushLevel = options.FlushLevel;
    private long _dropped;
    private int _hurry;

    /// <summary>Gets the number of records that were dropped because the ring was full.</summary>
    internal long Dropped => Interlocked.Read(ref _dropped);

    public bool TryClaim(int length, LogLevel level, out RingClaim claim)
    {
        if ((length > ring.MaxRecordLength || !ring.TryClaim(length, out claim)) && !TryClaimFull(length, out claim))
        {
            return false;
        }

        // Before it is published, and so before its outcome can be counted. So the number in flight is never negative.
        accepted.Increment();
        return true;
    }

    public void Publish(in RingClaim claim, LogLevel level)
    {
        ring.Publish(claim);
        if (level >= _flushLevel)
        {
            // Stored before the wake-up, which contains a fence, so that the woken reader sees it.
            Volatile.Write(ref _hurry, 1);
            signal.Wake();
        }
        else
        {
            signal.Written(claim);
        }
    }

    public void Refused(LossReason reason, Exception? cause) => refusals.Refused(reason, cause);

    public void ValueFailed(Exception cause) => refusals.ValueFailed(cause);

    /// <summary>Returns, once, whether an event requested an immediate flush.</summary>
    internal bool TakeHurry_ReaderOnly() => Interlocked.Exchange(ref _hurry, 0) == 1;

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

    /// <summary>Blocks the caller until there is room, as it requested.</summary>
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
