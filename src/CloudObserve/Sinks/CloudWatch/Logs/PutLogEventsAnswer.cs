using System.Text.Json;
using CloudObserve.Delivery;

namespace CloudObserve.Sinks.CloudWatch.Logs;

/// <summary>Reads the response to <c>PutLogEvents</c>, in which a success with HTTP 200 may still report dropped events.</summary>
internal static class PutLogEventsAnswer
{
    /// <summary>Reads a response.</summary>
    /// <param name="content">The body. An empty body means that nothing was dropped, because some emulators return none.</param>
    /// <param name="itemCount">The number of events sent.</param>
    internal static SendResult Read(ReadOnlySpan<byte> content, int itemCount)
    {
        if (content.IsEmpty)
        {
            return SendResult.Delivered();
        }

        Utf8JsonReader reader = new(content);
        try
        {
            return ReadMembers(ref reader).ToResult(itemCount);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The sender was not CloudWatch Logs, and it is unknown whether it forwarded the batch.
            return SendResult.Failed(
                ErrorClass.Ambiguous, "UnreadableAnswer", $"The response is not one of CloudWatch Logs: {exception.Message}");
        }
    }

    private static RejectedLogEvents ReadMembers(ref Utf8JsonReader reader)
    {
        RejectedLogEvents rejected = default;
        Enter(ref reader);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("rejectedLogEventsInfo"u8))
            {
                rejected = ReadIndexes(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return rejected;
    }

    private static RejectedLogEvents ReadIndexes(ref Utf8JsonReader reader)
    {
        RejectedLogEvents rejected = default;
        if (!Enter(ref reader))
        {
            return rejected;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("tooOldLogEventEndIndex"u8))
            {
                rejected = rejected with { TooOldEnd = ReadIndex(ref reader) };
            }
            else if (reader.ValueTextEquals("expiredLogEventEndIndex"u8))
            {
                rejected = rejected with { ExpiredEnd = ReadIndex(ref reader) };
            }
            else if (reader.ValueTextEquals("tooNewLogEventStartIndex"u8))
            {
                rejected = rejected with { TooNewStart = ReadIndex(ref reader) };
            }
            else
            {
                reader.Skip();
            }
        }

        return rejected;
    }

    // Returns false for null in JSON, which means that the member is absent.
    private static bool Enter(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.StartObject
            || (reader.TokenType == JsonTokenType.Null
                ? false : throw new JsonException($"Found {reader.TokenType} where a structure was expected."));
    }

    private static long? ReadIndex(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        return reader.TryGetInt64(out long index) ? index : throw new JsonException("An index is not a whole number.");
    }
}
