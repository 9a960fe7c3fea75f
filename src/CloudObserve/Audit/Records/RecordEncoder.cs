using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CloudObserve.Audit.Events;
using CloudObserve.Audit.Files;
using CloudObserve.LogEvents.Redaction;

namespace CloudObserve.Audit.Records;

/// <summary>Encodes events as CloudTrail records within CloudTrail's size limits and with redacted content.</summary>
/// <threadsafety>Not safe for concurrent use; the pool lends an encoder to one caller at a time.</threadsafety>
internal sealed class RecordEncoder : IDisposable
{
    // The current version of CloudTrail records.
    private const string EventVersion = "1.11";
    private const int GuidLength = 36;

    // The order in which CloudTrail omits members of a record that is too large, for event data stores.
    private static readonly string[] TrimOrder =
    [
        RecordNames.RequestId, RecordNames.AdditionalEventData, RecordNames.UserAgent, RecordNames.ErrorCode,
        RecordNames.ResponseElements, RecordNames.RequestParameters, RecordNames.ErrorMessage, RecordNames.InsightDetails,
    ];

    private static readonly string[] OwnNames = [RecordNames.Trail, RecordNames.Action, RecordNames.Omitted];

    private readonly ArrayBufferWriter<byte> _record = new(4 * 1024);
    private readonly Utf8JsonWriter _json;
    private readonly FreeText _free;
    private readonly RecordDefaults _defaults;
    private int _stampAt;

    internal RecordEncoder(RecordDefaults defaults, Redactor? redactor)
    {
        _defaults = defaults;
        _free = new FreeText(redactor);
        _json = new Utf8JsonWriter(_record, new JsonWriterOptions
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            SkipValidation = true,
        });
    }

    /// <summary>Gets the size of the encoder's buffers in bytes.</summary>
    internal int Capacity => _record.Capacity + _free.Capacity;

    public void Dispose() => _json.Dispose();

    /// <summary>Encodes an event.</summary>
    /// <param name="auditEvent">The event.</param>
    /// <param name="now">The time of the event, if it has none.</param>
    /// <exception cref="AuditTrailException">The record is too large even without all members that may be omitted.</exception>
    internal EncodedRecord Encode(AuditEvent auditEvent, DateTimeOffset now)
    {
        CheckNames(auditEvent);
        _free.Take(auditEvent);
        int resources = auditEvent.Resources.Count;
        Guid id = auditEvent.EventId ?? Guid.NewGuid();
        Write(auditEvent, id, now, resources);
        while (_record.WrittenCount + TrailStamp.MaxLength > RecordLimits.MaxRecordBytes)
        {
            if (!Trim(ref resources))
            {
                throw new AuditTrailException(
                    $"The record of {auditEvent.EventName} exceeds CloudTrail's limit of {RecordLimits.MaxRecordBytes} bytes.");
            }

            Write(auditEvent, id, now, resources);
        }

        byte[] bytes = ArrayPool<byte>.Shared.Rent(_record.WrittenCount);
        _record.WrittenSpan.CopyTo(bytes);
        return new EncodedRecord(bytes, _record.WrittenCount, _stampAt);
    }

    // A second member with such a name could be taken for the trail's own, because readers differ in which of two members they use.
    private static void CheckNames(AuditEvent auditEvent)
    {
        foreach (string name in OwnNames)
        {
            if (auditEvent.AdditionalEventData?.Contains(name) == true)
            {
                throw new ArgumentException(
                    $"The name {name} in {RecordNames.AdditionalEventData} is reserved for the trail.", nameof(auditEvent));
            }
        }
    }

    // Resources are omitted last, because they are the most important part of these.
    private bool Trim(ref int resources)
    {
        if (Array.Exists(TrimOrder, _free.Omit))
        {
            return true;
        }

        if (resources == 0)
        {
            return false;
        }

        resources /= 2;
        if (!_free.Omitted.Contains(RecordNames.Resources))
        {
            _free.Omitted.Add(RecordNames.Resources);
        }

        return true;
    }

    private void Write(AuditEvent auditEvent, Guid id, DateTimeOffset now, int resources)
    {
        _record.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString(RecordNames.EventVersion, EventVersion);
        bool isInsight = auditEvent.EventCategory == AuditEventCategory.Insight;
        if (!isInsight)
        {
            IdentityJsonWriter.Write(_json, RecordNames.UserIdentity, auditEvent.UserIdentity);
        }

        WriteWhatHappened(auditEvent, now);
        if (!isInsight)
        {
            WriteCall(auditEvent);
        }

        WriteKind(auditEvent, id);
        WriteResources(auditEvent.Resources, resources);
        Free(RecordNames.InsightDetails);
        _json.Flush();
        WriteAdditional(auditEvent.Action);
    }

    private void WriteWhatHappened(AuditEvent auditEvent, DateTimeOffset now)
    {
        DateTimeOffset eventTime = (auditEvent.EventTime ?? now).ToUniversalTime();
        _json.WriteString(RecordNames.EventTime, eventTime.ToString(RecordNames.TimeFormat, CultureInfo.InvariantCulture));
        Text(RecordNames.EventSource, auditEvent.EventSource, _defaults.Source);
        Text(RecordNames.EventName, auditEvent.EventName, "Unknown");
        Text(RecordNames.AwsRegion, auditEvent.AwsRegion, _defaults.Region);
    }

    private void WriteCall(AuditEvent auditEvent)
    {
        Text(RecordNames.SourceIPAddress, auditEvent.SourceIPAddress, _defaults.Host);
        FreeText(RecordNames.UserAgent);
        FreeText(RecordNames.ErrorCode);
        FreeText(RecordNames.ErrorMessage);
        FreeOrNull(RecordNames.RequestParameters);
        FreeOrNull(RecordNames.ResponseElements);
        FreeText(RecordNames.RequestId);
    }

    private void WriteKind(AuditEvent auditEvent, Guid id)
    {
        AuditEventCategory category = auditEvent.EventCategory;
        _json.WriteString(RecordNames.EventId, id);
        _json.WriteBoolean(RecordNames.ReadOnly, auditEvent.ReadOnly);
        Text(RecordNames.EventType, auditEvent.EventType, DefaultType(category));
        _json.WriteBoolean(RecordNames.ManagementEvent, auditEvent.ManagementEvent ?? category == AuditEventCategory.Management);
        Text(RecordNames.RecipientAccountId, auditEvent.RecipientAccountId, _defaults.AccountId);
        if (auditEvent.SharedEventId is { } shared)
        {
            _json.WriteString(RecordNames.SharedEventId, shared);
        }

        _json.WriteString(RecordNames.EventCategory, NameOf(category));
    }

    private void WriteResources(IReadOnlyList<AuditResource> resources, int count)
    {
        if (count == 0)
        {
            return;
        }

        _json.WriteStartArray(RecordNames.Resources);
        for (int i = 0; i < count; i++)
        {
            _json.WriteStartObject();
            _json.WriteString(RecordNames.ResourceArn, Utf8Cut.To(resources[i].Arn, RecordLimits.MaxArnBytes));
            IdentityJsonWriter.Text(_json, RecordNames.AccountId, resources[i].AccountId);
            IdentityJsonWriter.Text(_json, RecordNames.Type, resources[i].Type);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    // Written by hand, because the journal inserts the stamp at the beginning, and the JSON writer must not add a comma there.
    private void WriteAdditional(AuditActionMark? action)
    {
        _record.Write(",\"additionalEventData\":{"u8);
        _stampAt = _record.WrittenCount;
        if (action is not null)
        {
            _record.Write(",\"action\":{\"id\":\""u8);
            _ = action.Id.TryFormat(_record.GetSpan(GuidLength), out int length);
            _record.Advance(length);
            _record.Write(action.IsIntent ? "\",\"phase\":\"intent\"}"u8 : "\",\"phase\":\"outcome\"}"u8);
        }

        if (_free.Omitted.Count > 0)
        {
            // These are names of this library, which need no escaping.
            _record.Write(Encoding.ASCII.GetBytes($",\"omitted\":[\"{string.Join("\",\"", _free.Omitted)}\"]"));
        }

        ReadOnlySpan<byte> mine = _free.Part(RecordNames.AdditionalEventData);
        if (mine.Length > "{}".Length)
        {
            _record.Write(","u8);
            _record.Write(mine[1..^1]);
        }

        _record.Write("}}"u8);
    }

    private void Text(string name, string? text, string otherwise) =>
        _json.WriteString(name, string.IsNullOrWhiteSpace(text) ? otherwise : Utf8Cut.To(text, RecordLimits.MaxTextBytes));

    private void FreeText(string name)
    {
        if (_free.Text(name) is { } text)
        {
            _json.WriteString(name, text);
        }
    }

    private void Free(string name)
    {
        ReadOnlySpan<byte> part = _free.Part(name);
        if (!part.IsEmpty)
        {
            _json.WritePropertyName(name);
            _json.WriteRawValue(part, skipInputValidation: true);
        }
    }

    private void FreeOrNull(string name)
    {
        if (_free.Part(name).IsEmpty)
        {
            _json.WriteNull(name);
        }
        else
        {
            Free(name);
        }
    }

    private static string DefaultType(AuditEventCategory category) =>
        category == AuditEventCategory.Insight ? "AwsCloudTrailInsight" : "AwsApiCall";

    private static string NameOf(AuditEventCategory category) => category switch
    {
        AuditEventCategory.Data => "Data",
        AuditEventCategory.Insight => "Insight",
        _ => "Management",
    };
}
