using System.Globalization;
using System.Text.Json;
using CloudObserve.Audit.Events;
using CloudObserve.Audit.Files;

namespace CloudObserve.Audit.Records;

/// <summary>Writes the user identity.</summary>
/// <remarks>Blank members are omitted, so that no member is ever empty.</remarks>
internal static class IdentityJsonWriter
{
    internal static void Write(Utf8JsonWriter json, string name, AuditIdentity? identity)
    {
        AuditIdentity who = string.IsNullOrWhiteSpace(identity?.Type) ? AuditIdentity.Anonymous : identity;
        json.WriteStartObject(name);
        WriteMembers(json, who);
        Text(json, RecordNames.AccessKeyId, who.AccessKeyId);
        if (who.Session is { } session)
        {
            WriteSession(json, session);
        }

        Text(json, RecordNames.InvokedBy, who.InvokedBy);
        json.WriteEndObject();
    }

    internal static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            json.WriteString(name, Utf8Cut.To(text, RecordLimits.MaxTextBytes));
        }
    }

    private static void WriteMembers(Utf8JsonWriter json, AuditIdentity who)
    {
        Text(json, RecordNames.Type, who.Type);
        Text(json, RecordNames.PrincipalId, who.PrincipalId);
        Text(json, RecordNames.Arn, who.Arn);
        Text(json, RecordNames.AccountId, who.AccountId);
        Text(json, RecordNames.UserName, who.UserName);
    }

    private static void WriteSession(Utf8JsonWriter json, AuditSession session)
    {
        json.WriteStartObject(RecordNames.SessionContext);
        if (session.Issuer is { } issuer)
        {
            json.WriteStartObject(RecordNames.SessionIssuer);
            WriteMembers(json, issuer);
            json.WriteEndObject();
        }

        json.WriteStartObject(RecordNames.Attributes);
        if (session.CreationDate is { } created)
        {
            json.WriteString(RecordNames.CreationDate, created.UtcDateTime.ToString(RecordNames.TimeFormat, CultureInfo.InvariantCulture));
        }

        if (session.MfaAuthenticated is { } withMfa)
        {
            // CloudTrail writes this Boolean as text.
            json.WriteString(RecordNames.MfaAuthenticated, withMfa ? "true" : "false");
        }

        json.WriteEndObject();
        Text(json, RecordNames.SourceIdentity, session.SourceIdentity);
        json.WriteEndObject();
    }
}
