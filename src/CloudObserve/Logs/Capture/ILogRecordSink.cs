using CloudObserve.Delivery;
using CloudObserve.Pipeline.Buffering;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Logs.Capture;

/// <summary>
/// Receives captured records from the threads that log, and counts them: each record is either published or refused, never both.
/// </summary>
/// <threadsafety>Called by many threads concurrently. No member throws.</threadsafety>
internal interface ILogRecordSink
{
    /// <summary>Reserves space for a record.</summary>
    /// <remarks>If there is none, or the sink is closed, it counts the refusal and returns <see langword="false"/>.</remarks>
    bool TryClaim(int length, LogLevel level, out RingClaim claim);

    /// <summary>Publishes a claim that has been filled.</summary>
    void Publish(in RingClaim claim, LogLevel level);

    /// <summary>Counts an event that could not be captured.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="cause">The exception of the application's own code, if that was the reason. It is reported once, not each time.</param>
    void Refused(LossReason reason, Exception? cause);

    /// <summary>Notes that a part of an event threw and was captured as a marker.</summary>
    /// <remarks>The event itself is counted as published or refused as usual.</remarks>
    /// <param name="cause">The first exception of the application's own code. It is reported once, not each time.</param>
    void ValueFailed(Exception cause);
}
