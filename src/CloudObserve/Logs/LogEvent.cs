using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CloudObserve.LogEvents.Text;
using CloudObserve.Logs.Capture;
using CloudObserve.Logs.Formatting;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Logs;

/// <summary>Represents a captured log event, for an <see cref="ILogEventFormatter"/>.</summary>
/// <remarks>
/// It is a view of reused memory and is valid only during the call that receives it. Reading allocates nothing, except for texts that were
/// too numerous for the library's intern table.
/// </remarks>
public readonly ref struct LogEvent
{
    private readonly ReadOnlySpan<byte> _record;
    private readonly LogRecordHeader _header;
    private readonly InternTable _texts;

    internal LogEvent(ReadOnlySpan<byte> record, InternTable texts)
    {
        _record = record;
        _header = MemoryMarshal.Read<LogRecordHeader>(record);
        _texts = texts;
    }

    /// <summary>Gets the time of the call, in UTC.</summary>
    public DateTimeOffset Timestamp => new(_header.UtcTicks, TimeSpan.Zero);

    /// <summary>Gets the level.</summary>
    public LogLevel Level => (LogLevel)_header.Level;

    /// <summary>Gets the category of the logger.</summary>
    public string Category => LogRecordReader.StringOf(_header.Category, _record, _texts) ?? "";

    /// <summary>Gets the number of the event id; 0 if none was given.</summary>
    public int EventId => _header.EventId;

    /// <summary>Gets the name of the event id, or <see langword="null"/>.</summary>
    public string? EventName => LogRecordReader.StringOf(_header.EventName, _record, _texts);

    /// <summary>Gets the message template, or <see langword="null"/>.</summary>
    public string? Template => LogRecordReader.StringOf(_header.Template, _record, _texts);

    /// <summary>Gets the id of the current trace as 32 hexadecimal digits in UTF-8; empty if there was none.</summary>
    public ReadOnlySpan<byte> TraceId =>
        _header.HasTrace ? _record.Slice(Unsafe.SizeOf<LogRecordHeader>(), LogRecordReader.TraceIdLength) : default;

    /// <summary>Gets the id of the current span as 16 hexadecimal digits in UTF-8; empty if there was none.</summary>
    public ReadOnlySpan<byte> SpanId =>
        _header.HasTrace
            ? _record.Slice(Unsafe.SizeOf<LogRecordHeader>() + LogRecordReader.TraceIdLength, LogRecordReader.SpanIdLength) : default;

    /// <summary>Gets the named values.</summary>
    public LogValues Values
    {
        get
        {
            int position = _header.ValuesOffset;
            return position == 0 ? default : LogValues.Read(_record, ref position, _texts);
        }
    }

    /// <summary>Gets the scopes, the outermost first.</summary>
    public LogScopes Scopes => new(_record, _header.ScopesOffset, _header.ScopeCount, _texts);

    /// <summary>Gets whether the event has an exception.</summary>
    public bool HasException => _header.ExceptionOffset != 0;

    /// <summary>Gets the exception.</summary>
    /// <remarks>All its properties are empty if <see cref="HasException"/> is <see langword="false"/>.</remarks>
    public LogExceptionInfo Exception
    {
        get
        {
            int position = _header.ExceptionOffset;
            return position == 0 ? default : LogExceptionInfo.Read(_record, ref position, _texts);
        }
    }

    /// <summary>Gets whether the event was truncated at capture because of its size.</summary>
    public bool IsTruncated => _header.Truncated;

    internal long UtcTicks => _header.UtcTicks;

    internal ReadOnlySpan<byte> Utf8Category => LogRecordReader.Utf8Of(_header.Category, _record, _texts);

    internal ReadOnlySpan<byte> Utf8EventName => LogRecordReader.Utf8Of(_header.EventName, _record, _texts);

    internal ReadOnlySpan<byte> Utf8Template => LogRecordReader.Utf8Of(_header.Template, _record, _texts);

    /// <summary>Gets the interned text of the category, or <see langword="null"/>.</summary>
    internal InternedString? InternedCategory => Interned(_header.Category);

    internal InternedString? InternedEventName => Interned(_header.EventName);

    internal InternedString? InternedTemplate => Interned(_header.Template);

    internal bool HasScopes => _header.ScopeCount != 0;

    internal bool HasEventName => _header.EventName != 0;

    /// <summary>Gets whether there is a template that differs from the message.</summary>
    internal bool HasTemplate => _header.Template != 0 && _header.Template != -_header.MessageOffset;

    /// <summary>Gets whether the message must be rendered from the template and the values.</summary>
    internal bool IsMessageOfTemplate => _header.MessageOffset == 0;

    /// <summary>Writes the message, as the formatter of the call would have written it.</summary>
    /// <param name="output">Receives the text as UTF-8.</param>
    public void WriteMessage(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        Utf8Buffer buffer = ReaderThread.Buffer;
        buffer.CutTo(0);
        AppendMessage(buffer);
        output.Write(buffer.Written);
    }

    /// <summary>Returns whether the message may be a JSON object.</summary>
    /// <remarks>A negative answer is certain; no message is rendered.</remarks>
    internal bool MessageMayBeJsonObject()
    {
        if (_header.MessageOffset != 0)
        {
            int position = _header.MessageOffset;
            return LogRecordReader.ReadText(_record, ref position).StartsWith((byte)'{');
        }

        LogValues values = Values;
        if (values.Template!.LiteralBefore is [byte first, ..])
        {
            return first == '{';
        }

        if (values.Count == 0)
        {
            return false;
        }

        LogValue value = values.At(0);
        if (value.TryGetShownText(out ReadOnlySpan<byte> shown))
        {
            return shown.StartsWith((byte)'{');
        }

        // The text of a list begins with that of its first item. The text of any other kind (numbers, times and the like) never begins an
        // object.
        return value.Kind == LogValueKind.Text ? value.GetUtf8Text().StartsWith((byte)'{') : value.Kind == LogValueKind.List;
    }

    internal void AppendMessage(Utf8Buffer output)
    {
        if (_header.MessageOffset != 0)
        {
            int position = _header.MessageOffset;
            output.Append(LogRecordReader.ReadText(_record, ref position));
            return;
        }

        LogValues values = Values;
        MessageRenderer.Append(output, values.Template!, values);
    }

    private InternedString? Interned(int reference) => reference > 0 ? _texts[reference] : null;
}
