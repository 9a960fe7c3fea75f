using CloudObserve.Pipeline.Buffering;
using CloudObserve.Pipeline.Delivery;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Logs.Capture;

/// <summary>Takes captured records from the threads that log. Keeps the books: every record ends as published or refused, never as both.</summary>
/// <threadsafety>Called by many threads at once. No member throws.</threadsafety>
internal interface ILogRecordSink
{
    /// <summary>Asks for room. When there is none, or no longer any, the sink counts the refusal itself and returns <see langword="false"/>.</summary>
    bool TryClaim(int length, LogLevel level, out RingClaim claim);

    /// <summary>Hands the filled claim over.</summary>
    void Publish(in RingClaim claim, LogLevel level);

    /// <summary>Counts an event that was handed in and could not be captured.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="cause">What the application's own code threw, if that was it; to be told once, not each time.</param>
    void Refused(LossReason reason, Exception? cause);

    /// <summary>Takes note that a part of an event threw and was captured as a marker. The event counts as published or refused like any other.</summary>
    /// <param name="cause">What the application's own code threw first; to be told once, not each time.</param>
    void ValueFailed(Exception cause);
}
