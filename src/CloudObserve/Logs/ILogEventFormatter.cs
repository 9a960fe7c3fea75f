using System.Buffers;

namespace CloudObserve.Logs;

/// <summary>Writes log events as the text that CloudWatch Logs stores.</summary>
/// <remarks>
/// What it throws costs the event it was given, which is counted as lost. It is not asked about an event whose message is itself a document of
/// CloudWatch's embedded metric format (one JSON object with <c>_aws.CloudWatchMetrics</c>): that is the whole text of its event.
/// </remarks>
/// <threadsafety>Called by one thread at a time; not by the threads that log.</threadsafety>
public interface ILogEventFormatter
{
    /// <summary>Writes one event.</summary>
    /// <param name="logEvent">The event. It is valid during the call only.</param>
    /// <param name="output">Takes the text as UTF-8.</param>
    void Format(in LogEvent logEvent, IBufferWriter<byte> output);
}
