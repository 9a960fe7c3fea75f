using System.Buffers;

namespace CloudObserve.Logs;

/// <summary>Writes log events as the text that CloudWatch Logs stores.</summary>
/// <remarks>
/// <para>
/// If it throws, the event is lost and counted (<see cref="LogLossReasons.FormatterFailed"/>). The same holds for a call
/// that takes longer than two seconds. Until such a call returns, events are written as <see cref="LogsOptions.Format"/> specifies, and
/// neither delivery nor the shutdown waits for it. Therefore use <see cref="LogsOptions.Redaction"/>, and not a formatter, to keep
/// confidential data in the process.
/// </para>
/// <para>It may write up to 8 MiB for one event, which is then shortened to CloudWatch's limit.</para>
/// <para>
/// It is not called for an event whose message is an embedded metric document (one JSON object with <c>_aws.CloudWatchMetrics</c>). The
/// document is the whole text of its event.
/// </para>
/// </remarks>
/// <threadsafety>Called by one thread at a time, which is neither a thread that logs nor the thread that reads.</threadsafety>
public interface ILogEventFormatter
{
    /// <summary>Writes one event.</summary>
    /// <param name="logEvent">The event. It is valid during the call only.</param>
    /// <param name="output">Receives the text as UTF-8.</param>
    void Format(in LogEvent logEvent, IBufferWriter<byte> output);
}
