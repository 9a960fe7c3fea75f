using System.Text.Json;
using CloudObserve.Logs.Formatting;

namespace CloudObserve.Logs.EmbeddedMetrics;

/// <summary>Finds events whose message is itself a document of the embedded metric format, from which CloudWatch takes metrics.</summary>
/// <remarks>
/// Such a document must be the whole log event, so it is neither wrapped nor shortened. For every other event the question costs a look at the
/// first byte of its message, which is usually there without rendering it; one that is JSON of another kind costs a search for <c>_aws</c> besides.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class EmbeddedMetricEvents
{
    /// <summary>As deep as the shortener reads events.</summary>
    internal const int MaxDepth = 1000;

    /// <summary>Gets whether the document that was found last was so large that it was cut when it was captured: what is left is no metric.</summary>
    internal bool IsCut { get; private set; }

    /// <summary>Writes the message, if it is such a document.</summary>
    /// <param name="logEvent">The event.</param>
    /// <param name="text">Gets the message; it is empty before, and afterwards if it is no document.</param>
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

    // EMF: one JSON object, nothing before or after it, whose root has _aws with an array CloudWatchMetrics. The reader refuses what follows the object.
    private static bool IsDocument(ReadOnlySpan<byte> text)
    {
        if (!text.EndsWith((byte)'}'))
        {
            return false;
        }

        Utf8JsonReader reader = new(text, new JsonReaderOptions { MaxDepth = MaxDepth });
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
            // It only looked like JSON; it is an event like any other.
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

    // Without its end it cannot be read; that it names the format's two members is as much as can be told.
    private bool LooksCut(ReadOnlySpan<byte> text)
    {
        IsCut = text.IndexOf("\"CloudWatchMetrics\""u8) >= 0;
        return IsCut;
    }
}
