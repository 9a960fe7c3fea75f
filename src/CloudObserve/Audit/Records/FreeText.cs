using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CloudObserve.Audit.Files;

namespace CloudObserve.Audit.Records;

/// <summary>
/// The parts of a record that callers fill freely, as JSON, redacted. They are redacted together, as one text: a password that is a named value of the
/// request is then also found in the error's message.
/// </summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class FreeText(IRecordRedactor? redactor)
{
    // What is too large anyway is not searched. The reserve is for what redaction makes shorter.
    private const int SearchFactor = 4;

    // The depth to which a writer of JSON goes.
    private const int MaxReadDepth = 1_000;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _written = new(1024);
    private readonly ArrayBufferWriter<byte> _redacted = new(1024);
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _parts = new(StringComparer.Ordinal);

    internal int Capacity => _written.Capacity + _redacted.Capacity;

    /// <summary>Gets the names of parts that were too large.</summary>
    internal List<string> Omitted { get; } = [];

    /// <summary>Takes the parts of an event. What they are is valid until the next call.</summary>
    internal void Take(AuditEvent auditEvent)
    {
        _written.ResetWrittenCount();
        _redacted.ResetWrittenCount();
        _parts.Clear();
        Omitted.Clear();
        Write(auditEvent);
        ReadOnlyMemory<byte> text = redactor?.TryRedact(_written.WrittenSpan, _redacted) == true ? _redacted.WrittenMemory : _written.WrittenMemory;
        Slice(text);
    }

    /// <summary>Gets a part as JSON; empty when the event has none, or it is too large.</summary>
    internal ReadOnlySpan<byte> Part(string name) => _parts.TryGetValue(name, out ReadOnlyMemory<byte> part) ? part.Span : [];

    /// <summary>Gets a part that is a text, cut to what a text may have.</summary>
    internal string? Text(string name)
    {
        if (!_parts.TryGetValue(name, out ReadOnlyMemory<byte> part))
        {
            return null;
        }

        Utf8JsonReader json = new(part.Span);
        return json.Read() && json.TokenType == JsonTokenType.String ? Utf8Cut.To(json.GetString()!, RecordLimits.MaxTextBytes) : null;
    }

    /// <summary>Leaves a part out.</summary>
    /// <returns>Whether there was one.</returns>
    internal bool Omit(string name)
    {
        if (!_parts.Remove(name))
        {
            return false;
        }

        Omitted.Add(name);
        return true;
    }

    private static int Limit(string name) => name == RecordNames.AdditionalEventData ? RecordLimits.MaxAdditionalBytes : RecordLimits.MaxElementsBytes;

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
            // Cut here only so far that no secret is cut that would be found whole: the text is cut again when it has been searched.
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
        // JSON that the caller gave may be deeper than what is taken of it.
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

    // Moves to the end of a value, and tells how deep it goes.
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
