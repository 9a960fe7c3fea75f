using System.Text.Json;
using CloudObserve.Audit.Files;

namespace CloudObserve.Audit.Verification;

/// <summary>Recognizes the records that the trail creates about itself.</summary>
internal static class OwnRecord
{
    private static readonly byte[] Source = System.Text.Encoding.ASCII.GetBytes(OwnEvents.Source);

    /// <summary>Returns the event name of such a record.</summary>
    /// <param name="record">Any record.</param>
    /// <returns>The event name; <see langword="null"/> if it is not one of the trail's own records.</returns>
    internal static string? NameOf(ReadOnlySpan<byte> record)
    {
        // Almost no record is one of these, and searching for the text is fast.
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
            // The record is JSON, because its stamp was read from it. A reader with stricter limits on depth or text cannot read it, so it
            // is not one of the trail's own.
            return null;
        }

        return isOwn ? name : null;
    }

    /// <summary>Returns whether a record reports that acknowledged records before it are missing.</summary>
    /// <remarks>Then the gap is known.</remarks>
    internal static bool TellsOfLoss(ReadOnlySpan<byte> record) => NameOf(record) is OwnEvents.TailMissing or OwnEvents.DamageFound;
}
