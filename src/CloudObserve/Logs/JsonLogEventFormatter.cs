using System.Buffers;
using CloudObserve.LogEvents.Text;
using CloudObserve.Logs.Capture;
using CloudObserve.Logs.Formatting;

namespace CloudObserve.Logs;

/// <summary>Writes each event as one JSON object whose fields CloudWatch Logs Insights finds by name.</summary>
/// <remarks>
/// <para>It is the default formatter.</para>
/// <para>
/// The object has the following fields in this order. A field without a value is omitted. Names and types do not change between versions.
/// </para>
/// <list type="table">
/// <item><term>timestamp</term><description>ISO 8601, UTC, milliseconds.</description></item>
/// <item>
/// <term>level</term>
/// <description><c>Trace</c>, <c>Debug</c>, <c>Information</c>, <c>Warning</c>, <c>Error</c> or <c>Critical</c>.</description>
/// </item>
/// <item><term>category</term><description>The logger's category.</description></item>
/// <item><term>eventId</term><description>The number of the event's id, if it is not 0.</description></item>
/// <item><term>eventName</term><description>The name of the event's id.</description></item>
/// <item><term>message</term><description>The message with its values.</description></item>
/// <item><term>template</term><description>The message without its values; omitted if it equals the message.</description></item>
/// <item>
/// <term>values</term>
/// <description>
/// An object of the named values with their types, as in <c>values.OrderId</c>. A separate object keeps the application's names from
/// clashing with fields. Numbers that are not finite are strings; lists are arrays.
/// </description>
/// </item>
/// <item>
/// <term>scopes</term>
/// <description>An object of the named values of all scopes. Of equal names it contains the innermost scope's value.</description>
/// </item>
/// <item><term>scopeTexts</term><description>An array of the texts of scopes, the outermost first.</description></item>
/// <item><term>traceId, spanId</term><description>The ids of the current activity, in hexadecimal.</description></item>
/// <item>
/// <term>exception</term>
/// <description>
/// An object with <c>type</c>, <c>message</c>, <c>stack</c>, <c>text</c> (the result of a <c>ToString</c> that the exception's type
/// overrides), <c>data</c> (an object of the entries of its <c>Data</c>), <c>inner</c> (the inner exception, with the same fields) and
/// <c>others</c> (an array of the further inner exceptions of an aggregate).
/// </description>
/// </item>
/// <item><term>truncated</term><description><c>true</c> if something was truncated because the event was too large.</description></item>
/// </list>
/// </remarks>
/// <threadsafety>Not safe for concurrent use; it is called by one thread at a time.</threadsafety>
public sealed class JsonLogEventFormatter : ILogEventFormatter
{
    private readonly Utf8Buffer _json = new();
    private readonly Utf8Buffer _text = new();
    private readonly TimestampText _timestamp = new("{\"timestamp\":\""u8, "\""u8);
    private readonly JsonPrefixCache _heads = new();
    private readonly JsonTemplateCache _templates = new();
    private readonly MembersJsonWriter _members = new();

    /// <inheritdoc/>
    public void Format(in LogEvent logEvent, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (output is Utf8Buffer json)
        {
            Write(json, in logEvent);
            return;
        }

        _json.CutTo(0);
        Write(_json, in logEvent);
        output.Write(_json.Written);
    }

    private void Write(Utf8Buffer json, in LogEvent logEvent)
    {
        _timestamp.Append(json, logEvent.UtcTicks);
        _heads.Append(json, in logEvent);
        if (!TryAppendByTemplate(json, in logEvent))
        {
            AppendMessage(json, in logEvent);
            AppendValues(json, logEvent.Values);
        }

        if (logEvent.HasScopes)
        {
            AppendScopes(json, logEvent.Scopes);
        }

        AppendTail(json, in logEvent);
    }

    private bool TryAppendByTemplate(Utf8Buffer json, in LogEvent logEvent) =>
        logEvent.IsMessageOfTemplate && logEvent.InternedTemplate is { } text
        && _templates.Find(text) is { } template && template.TryAppend(json, logEvent.Values);

    private void AppendMessage(Utf8Buffer json, in LogEvent logEvent)
    {
        json.Append(",\"message\":\""u8);
        int start = json.Length;
        logEvent.AppendMessage(json);
        if (JsonEscaper.IsNeeded(json.Written[start..]))
        {
            // Messages are usually written once and kept. In the rare other case the message is removed again.
            _text.CutTo(0);
            _text.Append(json.Written[start..]);
            json.CutTo(start);
            JsonEscaper.Append(json, _text.Written);
        }

        json.Append((byte)'"');
        if (logEvent.HasTemplate)
        {
            json.Append(",\"template\":"u8);
            InternedString.AppendQuoted(json, logEvent.InternedTemplate, logEvent.Utf8Template);
        }
    }

    private void AppendValues(Utf8Buffer json, LogValues values)
    {
        if (values.Count > 0)
        {
            json.Append(",\"values\":{"u8);
            _members.AppendValues(json, values);
            json.Append((byte)'}');
        }
    }

    private void AppendScopes(Utf8Buffer json, LogScopes scopes)
    {
        bool anyValue = false;
        bool anyText = false;
        foreach (LogScope scope in scopes)
        {
            anyValue |= scope.Values.Count > 0;
            anyText |= scope.HasText;
        }

        if (anyValue)
        {
            json.Append(",\"scopes\":{"u8);
            _members.AppendScopes(json, scopes);
            json.Append((byte)'}');
        }

        if (anyText)
        {
            json.Append(",\"scopeTexts\":["u8);
            MembersJsonWriter.AppendTexts(json, scopes, _text);
            json.Append((byte)']');
        }
    }

    private void AppendTail(Utf8Buffer json, in LogEvent logEvent)
    {
        if (logEvent.TraceId.Length > 0)
        {
            json.Append(",\"traceId\":\""u8);
            json.Append(logEvent.TraceId);
            json.Append("\",\"spanId\":\""u8);
            json.Append(logEvent.SpanId);
            json.Append((byte)'"');
        }

        if (logEvent.HasException)
        {
            json.Append(",\"exception\":"u8);
            ExceptionJsonWriter.Append(json, logEvent.Exception, _members);
        }

        json.Append(logEvent.IsTruncated ? ",\"truncated\":true}"u8 : "}"u8);
    }
}
