using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CloudObserve.Audit.Events;
using CloudObserve.Audit.Files;
using CloudObserve.LogEvents.Redaction;

namespace CloudObserve.Audit.Records;

/// <summary>Encodes and redacts the parts of a record whose content callers choose freely.</summary>
/// <remarks>
/// They are redacted together as one text. So a password that is a named value of the request is also found in the error message.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class FreeText(Redactor? redactor)
{
    // Parts above the limit times this factor are omitted without redaction. The factor allows for text that redaction shortens.
    private const int SearchFactor = 4;

    // The largest depth that the JSON writer supports.
    private const int MaxReadDepth = 1_000;

    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly ArrayBufferWriter<byte> _written = new(1024);
    private readonly ArrayBufferWriter<byte> _redacted = new(1024);
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _parts = new(StringComparer.Ordinal);

    internal int Capacity => _written.Capacity + _redacted.Capacity;

    /// <summary>Gets the names of parts that were too large.</summary>
    internal List<string> Omitted { get; } = [];

    /// <summary>Encodes the parts of an event.</summary>
    /// <remarks>The results are valid until the next call.</remarks>
    internal void Take(AuditEvent auditEvent)
    {
        _written.ResetWrittenCount();
        _redacted.ResetWrittenCount();
        _parts.Clear();
        Omitted.Clear();
        Write(auditEvent);
        ReadOnlyMemory<byte> text = redactor?.TryRedact(_written.WrittenSpan, _redacted) == true
            ? _redacted.WrittenMemory : _written.WrittenMemory;
        Slice(text);
    }

    /// <summary>Returns a part as JSON; empty if the event does not have it, or if it is too large.</summary>
    internal ReadOnlySpan<byte> Part(string name) => _parts.TryGetValue(name, out ReadOnlyMemory<byte> part) ? part.Span : [];

    /// <summary>Returns a part that is a text, truncated to the limit of texts.</summary>
    internal string? Text(string name)
    {
        if (!_parts.TryGetValue(name, out ReadOnlyMemory<byte> part))
        {
            return null;
        }

        Utf8JsonReader json = new(part.Span);
        return json.Read() && json.TokenType == JsonTokenType.String ? Utf8Cut.To(json.GetString()!, RecordLimits.MaxTextBytes) : null;
    }

    /// <summary>Omits a part.</summary>
    /// <returns><see langword="true"/> if the part existed.</returns>
    internal bool Omit(string name)
    {
        if (!_parts.Remove(name))
        {
            return false;
        }

        Omitted.Add(name);
        return true;
    }

    private static int Limit(string name) =>
        name == RecordNames.AdditionalEventData ? RecordLimits.MaxAdditionalBytes : RecordLimits.MaxElementsBytes;

    private void Write(AuditEvent auditEvent)
    {
        using Utf8JsonWriter json = new(_written, Options);
        json.WriteStartObject();
        WriteText(json, RecordNames.UserAgent, auditEvent.UserAgent);
        WriteText(json, RecordNames.RequestId, auditEvent.RequestId);
        WriteText(json, RecordNames.ErrorCode, auditEvent.ErrorCode);
        WriteText(json, RecordNames.ErrorMessage, auditEvent.ErrorMessage);
        WriteData(json, RecordNames.RequestParameters, auditEvent.RequestParameters);
        WriteData(json, RecordNames.ResponseElements, auditEvent.ResponseElements);
        WriteData(json, RecordNames.InsightDetails, auditEvent.InsightDetails);
        WriteData(json, RecordNames.AdditionalEventData, auditEvent.AdditionalEventData);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            // Truncated here only so far that no secret is cut that would be found as a whole. The text is truncated to its limit after
            // redaction.
            json.WriteString(name, Utf8Cut.To(text, RecordLimits.MaxElementsBytes));
        }
    }

    private void WriteData(Utf8JsonWriter json, string name, AuditData? data)
    {
        if (data is null || data.Count == 0)
        {
            return;
        }

        json.WritePropertyName(name);
        AuditDataBudget budget = new(json, (long)Limit(name) * SearchFactor);
        data.WriteTo(json, ref budget);
        if (!budget.Allows(json, 0))
        {
            Omitted.Add(name);
        }
    }

    private void Slice(ReadOnlyMemory<byte> text)
    {
        // JSON from the caller may be nested more deeply than the limit of a record.
        Utf8JsonReader json = new(text.Span, new JsonReaderOptions { MaxDepth = MaxReadDepth });
        _ = json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string name = json.GetString()!;
            _ = json.Read();
            int start = (int)json.TokenStartIndex;
            bool isText = json.TokenType == JsonTokenType.String;
            int depth = Skip(ref json);
            int length = (int)json.BytesConsumed - start;
            if (Omitted.Contains(name))
            {
                continue;
            }

            _parts[name] = text.Slice(start, length);
            if ((length > Limit(name) && !isText) || depth > RecordLimits.MaxDataDepth)
            {
                _ = Omit(name);
            }
        }
    }

    // Moves to the end of a value, and returns its depth.
    private static int Skip(ref Utf8JsonReader json)
    {
        int outside = json.CurrentDepth;
        int deepest = outside;
        bool isInside = json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
        while (isInside && json.Read())
        {
            deepest = Math.Max(deepest, json.CurrentDepth);
            isInside = json.CurrentDepth > outside;
        }

        return deepest;
    }
}
