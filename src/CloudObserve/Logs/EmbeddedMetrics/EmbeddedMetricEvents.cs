using System.Text.Json;
using CloudObserve.LogEvents.Redaction;
using CloudObserve.LogEvents.Text;

namespace CloudObserve.Logs.EmbeddedMetrics;

/// <summary>Finds events whose message is an embedded metric document, from which CloudWatch extracts metrics.</summary>
/// <remarks>
/// Such a document must be the whole log event, so it is neither wrapped nor truncated. For every other event the check costs a look at the
/// first byte of the message, usually without rendering it. For a message with other JSON it also costs a search for <c>_aws</c>.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class EmbeddedMetricEvents
{
    /// <summary>Gets whether the last document was truncated at capture because of its size.</summary>
    /// <remarks>It no longer contains a metric.</remarks>
    internal bool IsCut { get; private set; }

    /// <summary>Writes the message if it is an embedded metric document.</summary>
    /// <param name="logEvent">The event.</param>
    /// <param name="text">Receives the message. It is empty before the call, and also after it if the message is not a document.</param>
    internal bool TryRead(in LogEvent logEvent, Utf8Buffer text)
    {
        IsCut = false;
        if (!logEvent.MessageMayBeJsonObject())
        {
            return false;
        }

        logEvent.WriteMessage(text);
        if (MayBeDocument(text.Written) && (IsDocument(text.Written) || (logEvent.IsTruncated && LooksCut(text.Written))))
        {
            return true;
        }

        text.CutTo(0);
        return false;
    }

    private static bool MayBeDocument(ReadOnlySpan<byte> text) => text.StartsWith((byte)'{') && text.IndexOf("\"_aws\""u8) >= 0;

    // EMF requires one JSON object with nothing before or after it, whose root has the member _aws with an array CloudWatchMetrics. The
    // reader rejects text after the object.
    private static bool IsDocument(ReadOnlySpan<byte> text)
    {
        if (!text.EndsWith((byte)'}'))
        {
            return false;
        }

        Utf8JsonReader reader = new(text, new JsonReaderOptions { MaxDepth = EmbeddedMetricTargets.MaxDepth });
        bool found = false;
        try
        {
            while (reader.Read())
            {
                if (reader is { CurrentDepth: 1, TokenType: JsonTokenType.PropertyName } && reader.ValueTextEquals("_aws"u8))
                {
                    _ = reader.Read();
                    found |= reader.TokenType == JsonTokenType.StartObject && HasMetrics(ref reader);
                }
            }
        }
        catch (JsonException)
        {
            // The text is not valid JSON, so it is an ordinary event.
            return false;
        }

        return found;
    }

    private static bool HasMetrics(ref Utf8JsonReader reader)
    {
        bool found = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isMetrics = reader.ValueTextEquals("CloudWatchMetrics"u8);
            _ = reader.Read();
            found |= isMetrics && reader.TokenType == JsonTokenType.StartArray;
            reader.Skip();
        }

        return found;
    }

    // A truncated document cannot be parsed. That it contains the names of the format's two members is the only evidence.
    private bool LooksCut(ReadOnlySpan<byte> text)
    {
        IsCut = text.IndexOf("\"CloudWatchMetrics\""u8) >= 0;
        return IsCut;
    }
}
