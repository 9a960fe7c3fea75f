using System.Text.Json;
using CloudObserve.Contracts;
using CloudObserve.Local;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Reads the body of <c>PutLogEvents</c>.</summary>
internal static class PutLogEventsReader
{
    internal static PutLogEventsBody Read(ReadOnlySpan<byte> body) => WireBody.Read<PutLogEventsBody>(body, ReadMember);

    private static void ReadMember(ref Utf8JsonReader reader, PutLogEventsBody request)
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
            request.LogEvents = WireJson.ReadItems(ref reader, ReadEvent, ServiceLimits.PutLogEvents.MaxEvents, TooMany) ?? [];
        }
        else
        {
            // Includes the sequence token, which CloudWatch Logs has ignored since 2023.
            reader.Skip();
        }
    }

    private static CloudWatchException TooMany() =>
        LogErrors.Constraint("logEvents", $"Member must have length less than or equal to {ServiceLimits.PutLogEvents.MaxEvents}");

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
