using System.Diagnostics;
using CloudObserve.Delivery;
using CloudObserve.Pipeline.Buffering;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudObserve.Logs.Capture;

/// <summary>
/// Converts log calls to binary records and passes them to the sink, on the caller's thread, without locks and allocations.
/// </summary>
/// <remarks>
/// An exception from the application's objects never reaches the caller: a marker replaces the value that threw, and the sink is notified.
/// The event is lost, and counted by the sink, only if it cannot be captured at all.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class LogCapture(ILogRecordSink sink, TimeProvider time, InternTable texts, int maxRecordBytes)
{
    /// <summary>The default limit of a record in bytes: two events of CloudWatch's largest size (1 MiB).</summary>
    /// <remarks>The sink may have a smaller limit.</remarks>
    internal const int DefaultMaxRecordBytes = 2 * 1024 * 1024;

    private IExternalScopeProvider? _scopes;

    internal void UseScopes(IExternalScopeProvider scopes) => Volatile.Write(ref _scopes, scopes);

    /// <summary>Captures a log call.</summary>
    internal void Capture<TState>(
        string category, LogLevel level, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string>? formatter)
    {
        CaptureThread thread = CaptureThread.Current;
        if (thread.Take() is not { } writer)
        {
            sink.Refused(LogLossReasons.FormatterFailed, null);
            return;
        }

        try
        {
            Begin(writer, level, eventId, time.GetUtcNow());
            WriteCurrentActivity(writer);
            writer.Header.EventName = Refer(writer, eventId.Name);
            writer.Header.Category = Refer(writer, category);
            StateCapture.Write(writer, state, exception, formatter);
            WriteSurroundings(writer, exception);
            Send(writer, level);
        }
        catch (Exception thrown)
        {
            // Any exception, so that none reaches the caller. Exceptions from the application's values, scopes and formatters are caught
            // closer to their source.
            sink.Refused(LogLossReasons.FormatterFailed, thrown);
        }
        finally
        {
            thread.Return();
        }
    }

    /// <summary>Captures calls that the logging framework has buffered.</summary>
    internal void CaptureAll(string category, IEnumerable<BufferedLogRecord> records)
    {
        try
        {
            foreach (BufferedLogRecord record in records)
            {
                Capture(category, record);
            }
        }
        catch (Exception exception)
        {
            // Any exception: the sequence may be the application's, and may be evaluated lazily. The number of remaining records is
            // unknown, so the failed record is counted for all of them.
            sink.Refused(LogLossReasons.FormatterFailed, exception);
        }
    }

    // The record contains the context of its call, as far as it is known. Nothing is read from the current context.
    private void Capture(string category, BufferedLogRecord record)
    {
        CaptureThread thread = CaptureThread.Current;
        if (thread.Take() is not { } writer)
        {
            sink.Refused(LogLossReasons.FormatterFailed, null);
            return;
        }

        try
        {
            LogLevel level = record.LogLevel;
            if (level is < LogLevel.Trace or >= LogLevel.None)
            {
                return;
            }

            Begin(writer, level, record.EventId, record.Timestamp);
            if (record is { ActivityTraceId: { } trace, ActivitySpanId: { } span } && trace != default)
            {
                writer.WriteTrace(trace.ToHexString(), span.ToHexString());
            }

            writer.Header.EventName = Refer(writer, record.EventId.Name);
            writer.Header.Category = Refer(writer, category);
            BufferedCapture.Write(writer, record);
            Send(writer, level);
        }
        catch (Exception exception)
        {
            // Any exception: the record and its values are the application's.
            sink.Refused(LogLossReasons.FormatterFailed, exception);
        }
        finally
        {
            thread.Return();
        }
    }

    private static void WriteCurrentActivity(RecordWriter writer)
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            writer.WriteTrace(activity.TraceId.ToHexString(), activity.SpanId.ToHexString());
        }
    }

    private static int Refer(RecordWriter writer, string? text) => text is null ? 0 : writer.Refer(text, writer.Texts.Intern(text));

    private void Begin(RecordWriter writer, LogLevel level, EventId eventId, DateTimeOffset timestamp)
    {
        writer.Begin(texts, maxRecordBytes, time);
        writer.Header.UtcTicks = timestamp.UtcTicks;
        writer.Header.Level = (byte)level;
        writer.Header.EventId = eventId.Id;
    }

    private void WriteSurroundings(RecordWriter writer, Exception? exception)
    {
        if (Volatile.Read(ref _scopes) is { } scopes)
        {
            writer.Enter(RecordStage.Scopes);
            ScopeCapture.WriteAll(writer, scopes);
        }

        if (exception is not null)
        {
            writer.Enter(RecordStage.Exception);
            ExceptionCapture.Write(writer, exception);
        }
    }

    private void Send(RecordWriter writer, LogLevel level)
    {
        ReadOnlySpan<byte> record = writer.Finish();
        if (record.Length > maxRecordBytes)
        {
            // The writer limits the size of a record, so a larger one is an internal error. It must not become an error of the ring.
            sink.Refused(LossReason.TooLarge, null);
            return;
        }

        if (sink.TryClaim(record.Length, level, out RingClaim claim))
        {
            record.CopyTo(claim.Span);
            sink.Publish(in claim, level);
        }

        if (writer.FirstFault is { } exception)
        {
            sink.ValueFailed(exception);
        }
    }
}
