using System.Buffers;

namespace CloudObserve.Logs;

/// <summary>Writes log events as the text that CloudWatch Logs stores.</summary>
/// <remarks>
/// <para>What it throws costs the event it was given, which is counted as lost (<see cref="Pipeline.Delivery.LossReason.FormatterFailed"/>). So does a call that takes
/// longer than two seconds; until it returns, events are written as <see cref="LogsOptions.Format"/> says, and nothing waits for it, nor does the shutdown.
/// So what must not leave the process is a matter of <see cref="LogsOptions.Redaction"/>, not of a formatter.</para>
/// <para>It may write up to 8 MiB for one event, which is then shortened to what CloudWatch takes.</para>
/// <para>It is not asked about an event whose message is itself a document of
/// CloudWatch's embedded metric format (one JSON object with <c>_aws.CloudWatchMetrics</c>): that is the whole text of its event.</para>
/// </remarks>
/// <threadsafety>Called by one thread at a time; not by the threads that log, and not by the one that reads.</threadsafety>
public interface ILogEventFormatter
{
    /// <summary>Writes one event.</summary>
    /// <param name="logEvent">The event. It is valid during the call only.</param>
    /// <param name="output">Takes the text as UTF-8.</param>
    void Format(in LogEvent logEvent, IBufferWriter<byte> output);
}
