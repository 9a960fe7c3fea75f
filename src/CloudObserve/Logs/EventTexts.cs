using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CloudObserve.Diagnostics;
using CloudObserve.LogEvents.Redaction;
using CloudObserve.LogEvents.Text;
using CloudObserve.LogEvents.Wire;
using CloudObserve.Logs.Formatting;

namespace CloudObserve.Logs;

/// <summary>Writes the text of events: formats it, redacts it, and shortens it to the limit of an event.</summary>
/// <remarks>A span that a method returns is valid until the next call of that method.</remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
/// <param name="format">The built-in format.</param>
/// <param name="isJson">Whether the texts are JSON, which a formatter of the application does not write.</param>
/// <param name="redactor">Replaces secrets, or <see langword="null"/>.</param>
internal sealed class EventTexts(LogFormat format, bool isJson, Redactor? redactor)
{
    private readonly ILogEventFormatter _formatter =
        format == LogFormat.PlainText ? new PlainTextLogEventFormatter() : new JsonLogEventFormatter();

    private readonly Utf8Buffer _redacted = new();
    private readonly Utf8Buffer _shortened = new();
    private readonly Utf8Buffer _repaired = new();
    private readonly EventShortener _shortener = new();

    /// <summary>Writes the text of an event with the built-in formatter.</summary>
    internal void Format(in LogEvent logEvent, Utf8Buffer text) => _formatter.Format(logEvent, text);

    /// <summary>Returns a text without secrets, which is the given one if it has none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="targets">For an embedded metric document, its metrics and dimensions.</param>
    internal ReadOnlySpan<byte> Redact(ReadOnlySpan<byte> text, EmbeddedMetricTargets? targets = null)
    {
        _redacted.Trim();
        return redactor is not null && redactor.TryRedact(text, _redacted, targets) ? _redacted.Written : text;
    }

    /// <summary>Returns a text that is valid UTF-8.</summary>
    /// <remarks>
    /// Invalid UTF-8 is repaired when it is written into a request. Repairing it before shows filters the bytes that are shipped.
    /// </remarks>
    internal ReadOnlySpan<byte> Repair(ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text))
        {
            return text;
        }

        _repaired.Trim();
        Utf8Repair.Write(text, _repaired);
        return _repaired.Written;
    }

    /// <summary>Returns a text that does not exceed the limit of an event.</summary>
    internal ReadOnlySpan<byte> Fit(ReadOnlySpan<byte> text)
    {
        if (text.Length <= EventShortener.MaxEventBytes)
        {
            return text;
        }

        _shortened.Trim();
        _shortener.Shorten(text, EventShortener.MaxEventBytes, _shortened);
        return _shortened.Written;
    }

    /// <summary>Returns the text of an event of the library itself.</summary>
    internal byte[] Notice(DateTimeOffset now, string message) => Encoding.UTF8.GetBytes(isJson
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"timestamp\":\"{now:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}\",\"level\":\"Warning\",\"category\":\"{Log.DeliveryCategory}\",\"message\":\"{JsonEncodedText.Encode(message)}\"}}")
        : message);
}
