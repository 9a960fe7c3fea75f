using CloudObserve.Delivery;
using CloudObserve.Logs.Capture;
using CloudObserve.Pipeline.Buffering;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Logs;

/// <summary>Keeps captured records in order, and counts what was refused. Takes them from one thread.</summary>
internal sealed class RecordingSink : ILogRecordSink
{
    private readonly List<byte[]> _claimed = [];

    internal List<byte[]> Records { get; } = [];

    internal List<LossReason> Refusals { get; } = [];

    internal Exception? Cause { get; private set; }

    internal List<Exception> Faults { get; } = [];

    internal bool IsFull { get; set; }

    public bool TryClaim(int length, LogLevel level, out RingClaim claim)
    {
        claim = default;
        if (IsFull)
        {
            Refusals.Add(LossReason.BufferFull);
            return false;
        }

        _claimed.Add(new byte[length]);
        claim = new RingClaim(_claimed[^1], _claimed.Count - 1);
        return true;
    }

    public void Publish(in RingClaim claim, LogLevel level) => Records.Add(_claimed[(int)claim.Position]);

    public void Refused(LossReason reason, Exception? cause)
    {
        Refusals.Add(reason);
        Cause = cause;
    }

    public void ValueFailed(Exception cause) => Faults.Add(cause);
}
