using System.Text.Json;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Reads the body of <c>PutLogEvents</c> in AWS JSON, token by token: no document is built and unknown members are skipped, as AWS does.</summary>
internal static class PutLogEventsReader
{
    internal static PutLogEventsBody Read(ReadOnlySpan<byte> body)
    {
        Utf8JsonReader reader = new(body);
        try
        {
            PutLogEventsBody request = ReadBody(ref reader);
            // A second read at the end proves that nothing follows; the reader throws if something does.
            reader.Read();
            return request;
        }
        catch (JsonException fault)
        {
            throw ErrorCodes.Malformed($"The body is not JSON: {fault.Message}");
        }
        catch (InvalidOperationException fault)
        {
            // Thrown for strings that are not valid UTF-8; wrong token types are found before they are read.
            throw ErrorCodes.Malformed($"The body is not UTF-8: {fault.Message}");
        }
    }

    private static PutLogEventsBody ReadBody(ref Utf8JsonReader reader)
    {
        PutLogEventsBody request = new();
        if (!WireJson.EnterObject(ref reader))
        {
            return request;
        }

        while (WireJson.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("logGroupName"u8))
            {
                request.LogGroupName = WireJson.ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("logStreamName"u8))
            {
                request.LogStreamName = WireJson.ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("logEvents"u8))
            {
                request.LogEvents = ReadEvents(ref reader);
            }
            else
            {
                // Also the sequence token, which CloudWatch Logs ignores since 2023.
                reader.Skip();
            }
        }

        return request;
    }

    private static List<WireLogEvent> ReadEvents(ref Utf8JsonReader reader)
    {
        List<WireLogEvent> events = [];
        if (!WireJson.EnterArray(ref reader))
        {
            return events;
        }

        while (WireJson.NextItem(ref reader))
        {
            if (events.Count == PutLogEventsLimits.MaxEvents)
            {
                throw LogErrors.Constraint("logEvents", $"Member must have length less than or equal to {PutLogEventsLimits.MaxEvents}");
            }

            events.Add(ReadEvent(ref reader));
        }

        return events;
    }

    private static WireLogEvent ReadEvent(ref Utf8JsonReader reader)
    {
        WireLogEvent read = default;
        while (WireJson.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("timestamp"u8))
            {
                read = read with { Timestamp = WireJson.ReadWholeNumber(ref reader) };
            }
            else if (reader.ValueTextEquals("message"u8))
            {
                read = read with { Message = WireJson.ReadUtf8(ref reader) };
            }
            else
            {
                reader.Skip();
            }
        }

        return read;
    }
}
