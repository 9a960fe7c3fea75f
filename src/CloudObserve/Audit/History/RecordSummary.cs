using System.Runtime.InteropServices;
using System.Text.Json;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.History;

/// <summary>Reads the most important members of a record.</summary>
/// <remarks>Members whose shape differs from CloudTrail's are omitted.</remarks>
internal static class RecordSummary
{
    internal static AuditRecord Of(byte[] record)
    {
        using JsonDocument document = JsonDocument.Parse(record, new JsonDocumentOptions { MaxDepth = RecordReader.MaxDepth });
        JsonElement json = document.RootElement;
        JsonElement identity = Member(json, RecordNames.UserIdentity);
        return new AuditRecord(record)
        {
            EventId = Text(json, RecordNames.EventId),
            EventTime = Member(json, RecordNames.EventTime) is { ValueKind: JsonValueKind.String } time
                && time.TryGetDateTimeOffset(out DateTimeOffset at) ? at : null,
            EventName = Text(json, RecordNames.EventName),
            EventSource = Text(json, RecordNames.EventSource),
            UserName = User(identity),
            AccessKeyId = Text(identity, RecordNames.AccessKeyId),
            SourceIPAddress = Text(json, RecordNames.SourceIPAddress),
            ReadOnly = Member(json, RecordNames.ReadOnly).ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => null,
            },
            ErrorCode = Text(json, RecordNames.ErrorCode),
            Resources = Resources(Member(json, RecordNames.Resources)),
            IsIntent = Text(Member(Member(json, RecordNames.AdditionalEventData), RecordNames.Action), RecordNames.Phase) switch
            {
                RecordNames.Intent => true,
                RecordNames.Outcome => false,
                _ => null,
            },
            Sequence = TrailStamp.TryRead(record, out TrailStamp stamp) ? stamp.Sequence : null,
        };
    }

    private static string? User(JsonElement identity) =>
        Text(identity, RecordNames.UserName)
        ?? Text(Member(Member(identity, RecordNames.SessionContext), RecordNames.SessionIssuer), RecordNames.UserName)
        ?? Text(identity, RecordNames.PrincipalId)
        ?? Text(identity, RecordNames.InvokedBy)
        ?? Text(identity, RecordNames.Type);

    private static AuditResource[] Resources(JsonElement resources) => resources.ValueKind != JsonValueKind.Array
        ? []
        : [.. resources.EnumerateArray()
            .Select(static resource => new AuditResource(
                Text(resource, RecordNames.ResourceArn) ?? string.Empty,
                Text(resource, RecordNames.Type),
                Text(resource, RecordNames.AccountId)))];

    private static JsonElement Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) ? value : default;

    private static string? Text(JsonElement json, string name) =>
        Member(json, name) is { ValueKind: JsonValueKind.String } value ? TextOf(value) : null;

    private static string TextOf(JsonElement value)
    {
        Utf8JsonReader json = new(JsonMarshal.GetRawUtf8Value(value));
        _ = json.Read();
        return RecordText.Of(ref json);
    }
}
