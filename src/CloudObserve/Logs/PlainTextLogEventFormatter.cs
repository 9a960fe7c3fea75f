using System.Buffers;
using CloudObserve.LogEvents.Text;
using CloudObserve.Logs.Formatting;

namespace CloudObserve.Logs;

/// <summary>Writes each event as one readable line: time, level, category with event id, message, scopes and trace.</summary>
/// <remarks>
/// An exception follows on further lines. A line looks like <c>2026-11-20T09:30:00.125Z Warning Storefront.Orders[17 OrderLate]: Order 5 is
/// late {RequestId=42} (trace 4bf9..., span 00f0...)</c>. Line breaks and other control characters in a message or a scope are replaced by
/// spaces, so that one event cannot look like two.
/// </remarks>
/// <threadsafety>Not safe for concurrent use; it is called by one thread at a time.</threadsafety>
public sealed class PlainTextLogEventFormatter : ILogEventFormatter
{
    private readonly Utf8Buffer _text = new();
    private readonly TimestampText _timestamp = new();

    /// <inheritdoc/>
    public void Format(in LogEvent logEvent, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        _text.CutTo(0);
        AppendHead(in logEvent);
        logEvent.AppendMessage(_text);
        AppendScopes(logEvent.Scopes);
        AppendTrace(in logEvent);
        _text.Append(logEvent.IsTruncated ? " [truncated]"u8 : ""u8);
        _text.MakeOneLine();
        if (logEvent.HasException)
        {
            _text.Append((byte)'\n');
            AppendException(logEvent.Exception);
        }

        output.Write(_text.Written);
    }

    private void AppendHead(in LogEvent logEvent)
    {
        _timestamp.Append(_text, logEvent.UtcTicks);
        _text.Append((byte)' ');
        _text.Append(LevelText.Of(logEvent.Level));
        _text.Append((byte)' ');
        _text.Append(logEvent.Utf8Category);
        if (logEvent.EventId != 0 || logEvent.HasEventName)
        {
            _text.Append((byte)'[');
            _text.Append(logEvent.EventId);
            _text.Append(logEvent.HasEventName ? " "u8 : ""u8);
            _text.Append(logEvent.Utf8EventName);
            _text.Append((byte)']');
        }

        _text.Append(": "u8);
    }

    private void AppendScopes(LogScopes scopes)
    {
        foreach (LogScope scope in scopes)
        {
            _text.Append(" {"u8);
            if (scope.HasText)
            {
                scope.AppendText(_text);
            }
            else
            {
                AppendValues(scope.Values);
            }

            _text.Append((byte)'}');
        }
    }

    private void AppendValues(LogValues values)
    {
        bool first = true;
        foreach (LogValue value in values)
        {
            _text.Append(first ? ""u8 : ", "u8);
            _text.Append(value.Utf8Name);
            _text.Append((byte)'=');
            ValueText.Append(_text, in value, null);
            first = false;
        }
    }

    private void AppendTrace(in LogEvent logEvent)
    {
        if (logEvent.TraceId.Length > 0)
        {
            _text.Append(" (trace "u8);
            _text.Append(logEvent.TraceId);
            _text.Append(", span "u8);
            _text.Append(logEvent.SpanId);
            _text.Append((byte)')');
        }
    }

    private void AppendException(LogExceptionInfo exception)
    {
        _text.Append(exception.Type);
        _text.Append(exception.Type.Length > 0 ? ": "u8 : ""u8);
        _text.Append(exception.Message);
        if (exception.StackTrace.Length > 0)
        {
            _text.Append(exception.Type.Length > 0 ? "\n"u8 : ""u8);
            _text.Append(exception.StackTrace);
        }

        if (exception.Text.Length > 0)
        {
            _text.Append((byte)'\n');
            _text.Append(exception.Text);
        }

        if (exception.Data.Count > 0)
        {
            _text.Append("\n {"u8);
            AppendValues(exception.Data);
            _text.Append((byte)'}');
        }

        foreach (LogExceptionInfo inner in exception.Inner)
        {
            _text.Append("\n ---> "u8);
            AppendException(inner);
        }
    }
}
