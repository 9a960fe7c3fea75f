using CloudObserve.Delivery;
using CloudObserve.Logs.Capture;
using CloudObserve.Pipeline.Buffering;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Benchmarks.Logs;

/// <summary>Stores the captured record.</summary>
internal sealed class KeepingSink : ILogRecordSink
{
    private byte[] _record = [];

    internal ReadOnlySpan<byte> Record => _record;

    public bool TryClaim(int length, LogLevel level, out RingClaim claim)
    {
        _record = new byte[length];
        claim = new RingClaim(_record, 0);
        return true;
    }

    public void Publish(in RingClaim claim, LogLevel level)
    {
    }

    public void Refused(LossReason reason, Exception? cause) => throw new InvalidOperationException(reason.ToString(), cause);

    public void ValueFailed(Exception cause) => throw new InvalidOperationException("a value failed", cause);
}
