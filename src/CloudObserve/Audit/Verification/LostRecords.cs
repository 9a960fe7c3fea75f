using System.Text.Json;
using CloudObserve.Audit.Files;

namespace CloudObserve.Audit.Verification;

/// <summary>Recognises the records in which the trail itself says that acknowledged records are missing: a gap before them is known, and nobody's secret.</summary>
internal static class LostRecords
{
    internal static bool AreToldBy(ReadOnlySpan<byte> record)
    {
        bool isOwn = false;
        bool tells = false;
        try
        {
            Utf8JsonReader json = new(record);
            _ = json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                bool isSource = json.ValueTextEquals(RecordNames.EventSource);
                bool isName = json.ValueTextEquals(RecordNames.EventName);
                _ = json.Read();
                bool isText = json.TokenType == JsonTokenType.String;
                isOwn |= isSource && isText && json.ValueTextEquals(OwnEvents.Source);
                tells |= isName && isText && (json.ValueTextEquals(OwnEvents.TailMissing) || json.ValueTextEquals(OwnEvents.DamageFound));
                json.Skip();
            }
        }
        catch (JsonException)
        {
            // The stamp was read from it, so it is JSON; a reader that is stricter about depth finds no gap told here.
            return false;
        }

        return isOwn && tells;
    }
}
