using System.Text.Json;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.History;

/// <summary>Tests whether a record matches a lookup.</summary>
/// <remarks>The record is read once, and nothing is stored.</remarks>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class RecordMatch(AuditLookup lookup)
{
    private readonly Criteria _wanted = Wanted(lookup);

    [Flags]
    private enum Criteria
    {
        None = 0,
        EventName = 1,
        UserName = 2,
        Resource = 4,
        EventSource = 8,
        ReadOnly = 16,
        AccessKeyId = 32,
        EventId = 64,
        Time = 128,
    }

    internal bool Matches(ReadOnlySpan<byte> record)
    {
        try
        {
            Utf8JsonReader json = new(record, new JsonReaderOptions { MaxDepth = RecordReader.MaxDepth });
            return json.Read() && json.TokenType == JsonTokenType.StartObject && (Met(ref json) & _wanted) == _wanted;
        }
        catch (Exception notJson) when (notJson is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static Criteria Wanted(AuditLookup lookup) =>
        If(lookup.EventName is not null, Criteria.EventName)
        | If(lookup.UserName is not null, Criteria.UserName)
        | If(lookup.ResourceName is not null || lookup.ResourceType is not null, Criteria.Resource)
        | If(lookup.EventSource is not null, Criteria.EventSource)
        | If(lookup.ReadOnly is not null, Criteria.ReadOnly)
        | If(lookup.AccessKeyId is not null, Criteria.AccessKeyId)
        | If(lookup.EventId is not null, Criteria.EventId)
        | If(lookup.Since is not null || lookup.Until is not null, Criteria.Time);

    private static Criteria If(bool holds, Criteria criterion) => holds ? criterion : Criteria.None;

    private static bool Is(ref Utf8JsonReader json, string? value) =>
        value is not null && json.TokenType == JsonTokenType.String && RecordText.Is(ref json, value);

    private static bool EndsWith(ref Utf8JsonReader json, string? value, ReadOnlySpan<char> separators)
    {
        if (value is null || json.TokenType != JsonTokenType.String)
        {
            return false;
        }

        string text = RecordText.Of(ref json);
        return text == value
            || (text.Length > value.Length && text.EndsWith(value, StringComparison.Ordinal)
                && separators.Contains(text[^(value.Length + 1)]));
    }

    private Criteria Met(ref Utf8JsonReader json)
    {
        Criteria met = Criteria.None;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals(RecordNames.UserIdentity))
            {
                _ = json.Read();
                met |= MetByIdentity(ref json);
            }
            else if (json.ValueTextEquals(RecordNames.Resources))
            {
                _ = json.Read();
                met |= MetByResources(ref json);
            }
            else
            {
                met |= MetByValue(ref json);
            }
        }

        return met;
    }

    private Criteria MetByValue(ref Utf8JsonReader json)
    {
        bool isName = json.ValueTextEquals(RecordNames.EventName);
        bool isSource = json.ValueTextEquals(RecordNames.EventSource);
        bool isId = json.ValueTextEquals(RecordNames.EventId);
        bool isTime = json.ValueTextEquals(RecordNames.EventTime);
        bool isReadOnly = json.ValueTextEquals(RecordNames.ReadOnly);
        _ = json.Read();
        Criteria met = isName ? If(Is(ref json, lookup.EventName), Criteria.EventName)
            : isSource ? If(Is(ref json, lookup.EventSource), Criteria.EventSource)
            : isId ? If(Is(ref json, lookup.EventId), Criteria.EventId)
            : isTime ? If(IsInTime(ref json), Criteria.Time)
            : isReadOnly ? If(
                lookup.ReadOnly == true ? json.TokenType == JsonTokenType.True : json.TokenType == JsonTokenType.False, Criteria.ReadOnly)
            : Criteria.None;
        json.Skip();
        return met;
    }

    private bool IsInTime(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.String && json.TryGetDateTimeOffset(out DateTimeOffset time) && !(time < lookup.Since)
        && !(time > lookup.Until);

    private Criteria MetByIdentity(ref Utf8JsonReader json)
    {
        Criteria met = Criteria.None;
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return met;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool isUser = json.ValueTextEquals(RecordNames.UserName);
            bool isPrincipal = json.ValueTextEquals(RecordNames.PrincipalId);
            bool isKey = isPrincipal || json.ValueTextEquals(RecordNames.AccessKeyId) || json.ValueTextEquals(RecordNames.Arn);

            // The assumed role and the issuer of the session are identities themselves.
            bool isIssuer = json.ValueTextEquals(RecordNames.SessionContext) || json.ValueTextEquals(RecordNames.SessionIssuer);
            _ = json.Read();
            if (isIssuer)
            {
                met |= MetByIdentity(ref json) & Criteria.UserName;
                continue;
            }

            met |= If(isUser && Is(ref json, lookup.UserName), Criteria.UserName)
                | If(isPrincipal && EndsWith(ref json, lookup.UserName, ":") && !Is(ref json, lookup.UserName), Criteria.UserName)
                | If(isKey && Is(ref json, lookup.AccessKeyId), Criteria.AccessKeyId);
            json.Skip();
        }

        return met;
    }

    private Criteria MetByResources(ref Utf8JsonReader json)
    {
        bool met = false;
        if (json.TokenType == JsonTokenType.StartArray)
        {
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                met |= json.TokenType == JsonTokenType.StartObject && IsResource(ref json);
                json.Skip();
            }
        }

        return If(met, Criteria.Resource);
    }

    private bool IsResource(ref Utf8JsonReader json)
    {
        bool named = lookup.ResourceName is null;
        bool typed = lookup.ResourceType is null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool isName = json.ValueTextEquals(RecordNames.ResourceArn);
            bool isType = json.ValueTextEquals(RecordNames.Type);
            _ = json.Read();
            named |= isName && EndsWith(ref json, lookup.ResourceName, ":/");
            typed |= isType && Is(ref json, lookup.ResourceType);
            json.Skip();
        }

        return named && typed;
    }
}
