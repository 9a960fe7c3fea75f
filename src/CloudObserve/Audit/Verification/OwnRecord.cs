using System.Text.Json;
using CloudObserve.Audit.Files;

namespace CloudObserve.Audit.Verification;

/// <summary>Recognises the records that the trail makes about itself.</summary>
internal static class OwnRecord
{
    private static readonly byte[] Source = System.Text.Encoding.ASCII.GetBytes(OwnEvents.Source);

    /// <summary>Finds the name of such a record.</summary>
    /// <param name="record">Any record.</param>
    /// <returns>Its event name; <see langword="null"/> when it is not one of the trail's own.</returns>
    internal static string? NameOf(ReadOnlySpan<byte> record)
    {
        // Almost no record is one, and looking for the text is quick.
        if (record.IndexOf(Source) < 0)
        {
            return null;
        }

        bool isOwn = false;
        string? name = null;
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
                isOwn |= isSource && isText && json.ValueTextEquals(Source);
                name = isName && isText ? json.GetString() : name;
                json.Skip();
            }
        }
        catch (Exception notJson) when (notJson is JsonException or InvalidOperationException)
        {
            // The stamp was read from it, so it is JSON; a reader that is stricter about depth or text finds none of the trail's own here.
            return null;
        }

        return isOwn ? name : null;
    }

    /// <summary>Says whether a record tells that acknowledged records before it are missing: the gap is known, and nobody's secret.</summary>
    internal static bool TellsOfLoss(ReadOnlySpan<byte> record) => NameOf(record) is OwnEvents.TailMissing or OwnEvents.DamageFound;
}
