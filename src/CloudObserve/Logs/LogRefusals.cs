using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Pipeline.Batches;

namespace CloudObserve.Logs;

/// <summary>Counts and reports the events that are refused, and the values that could not be captured.</summary>
/// <param name="ledger">The ledger of the logs.</param>
/// <param name="events">Receives reports.</param>
/// <param name="maxRecordBytes">The size of the largest record that the buffer takes.</param>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class LogRefusals(LossLedger ledger, IDiagnosticEvents events, int maxRecordBytes)
{
    private const string Full = "the buffer (Logs:BufferBytes) was full: more was logged than could be written.";
    private const string Late = "the event was logged after the library was closed.";
    private const string Nested = "log calls were nested too deeply; for example, a ToString method logs its own object.";

    private readonly string _tooLarge =
        $"the event took more than {maxRecordBytes} bytes, a quarter of the buffer (Logs:BufferBytes).";

    /// <inheritdoc cref="Capture.ILogRecordSink.Refused"/>
    internal void Refused(LossReason reason, Exception? cause)
    {
        if (cause is not null)
        {
            ledger.RefuseMisuse(
                reason,
                NameOf(cause),
                $"A log event could not be captured: {ExceptionText.MessageOf(cause)}",
                LogLossReasons.PublicRuleOf(reason));
            return;
        }

        ledger.RefuseOnHotPath(
            reason,
            reason == LossReason.TooLarge ? _tooLarge
                : reason == LossReason.Closed ? Late
                : reason == LogLossReasons.FormatterFailed ? Nested
                : Full);
    }

    /// <inheritdoc cref="Capture.ILogRecordSink.ValueFailed"/>
    /// <remarks>No event is lost, so nothing is counted.</remarks>
    internal void ValueFailed(Exception cause) => events.MisuseFound(new Misuse(
        ledger.Signal,
        LogLossReasons.FormatterFailed.Name,
        NameOf(cause),
        $"A value, scope, exception or formatter of the application threw an exception; the log event contains a marker: "
            + $"{ExceptionText.MessageOf(cause)}")
    {
        PublicRule = LogLossReasons.PublicRuleOf(LogLossReasons.FormatterFailed),
    });

    private static string NameOf(Exception cause) => cause.GetType().FullName ?? "Exception";
}
