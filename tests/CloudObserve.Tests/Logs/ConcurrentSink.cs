using System.Collections.Concurrent;
using CloudObserve.Delivery;
using CloudObserve.Logs.Capture;
using CloudObserve.Pipeline.Buffering;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Logs;

/// <summary>Keeps captured records from many threads.</summary>
internal sealed class ConcurrentSink : ILogRecordSink
{
    internal ConcurrentQueue<byte[]> Records { get; } = new();

    public bool TryClaim(int length, LogLevel level, out RingClaim claim)
    {
        byte[] record = new byte[length];
        Records.Enqueue(record);
        claim = new RingClaim(record, 0);
        return true;
    }

    public void Publish(in RingClaim claim, LogLevel level)
    {
    }

    public void Refused(LossReason reason, Exception? cause) => throw new InvalidOperationException($"refused: {reason}", cause);

    public void ValueFailed(Exception cause) => throw new InvalidOperationException("a value failed", cause);
}
