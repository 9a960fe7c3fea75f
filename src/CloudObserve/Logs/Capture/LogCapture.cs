using System.Diagnostics;
using CloudObserve.Pipeline.Buffering;
using CloudObserve.Pipeline.Delivery;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudObserve.Logs.Capture;

/// <summary>Turns log calls into binary records and hands them to the sink, on the caller's thread, without a lock and without memory of its own.</summary>
/// <remarks>
/// Nothing the application's objects throw gets back to the caller: a marker stands in place of what threw, and the sink is told. Only what keeps the event
/// from being captured at all costs the event, which the sink counts.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class LogCapture(ILogRecordSink sink, TimeProvider time, TextTable texts, int maxRecordBytes)
{
    /// <summary>The most one record may take unless the sink takes less: two events of CloudWatch's largest size (1 MiB).</summary>
    internal const int DefaultMaxRecordBytes = 2 * 1024 * 1024;

    private IExternalScopeProvider? _scopes;

    internal void UseScopes(IExternalScopeProvider scopes) => Volatile.Write(ref _scopes, scopes);

    /// <summary>Captures a call as it is made.</summary>
    internal void Capture<TState>(
        string category, LogLevel level, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string>? formatter)
    {
        CaptureThread thread = CaptureThread.Current;
        if (thread.Take() is not { } writer)
        {
            sink.Refused(LossReason.FormatterFailed, null);
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
            // Any exception, so that none reaches the caller. What the application's values, scopes and formatters throw is caught where it is thrown.
            sink.Refused(LossReason.FormatterFailed, thrown);
        }
        finally
        {
            thread.Return();
        }
    }

    /// <summary>Captures calls that were made earlier and held back.</summary>
    internal void CaptureAll(string category, IEnumerable<BufferedLogRecord> records)
    {
        try
        {
            foreach (BufferedLogRecord record in records)
            {
                Capture(category, record);
            }
        }
        catch (Exception thrown)
        {
            // Any exception: the sequence may be the application's and made while it is read. How many records it would still have had nobody
            // knows, so the one it failed at stands for them in the books.
            sink.Refused(LossReason.FormatterFailed, thrown);
        }
    }

    // What surrounded the call is in the record or gone, so nothing is read from here and now.
    private void Capture(string category, BufferedLogRecord record)
    {
        CaptureThread thread = CaptureThread.Current;
        if (thread.Take() is not { } writer)
        {
            sink.Refused(LossReason.FormatterFailed, null);
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
        catch (Exception thrown)
        {
            // Any exception: the record and its values are the application's.
            sink.Refused(LossReason.FormatterFailed, thrown);
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
            // A record is kept within its limit while it is written, so this is a fault of ours; it must not become one of the ring's.
            sink.Refused(LossReason.TooLarge, null);
            return;
        }

        if (sink.TryClaim(record.Length, level, out RingClaim claim))
        {
            record.CopyTo(claim.Span);
            sink.Publish(in claim, level);
        }

        if (writer.FirstFault is { } fault)
        {
            sink.ValueFailed(fault);
        }
    }
}
