using System.Text.Json;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Reads the body of <c>PutMetricData</c>.</summary>
internal static class PutMetricDataReader
{
    internal static PutMetricDataBody Read(ReadOnlySpan<byte> body) => WireBody.Read<PutMetricDataBody>(body, ReadMember);

    private static void ReadMember(ref Utf8JsonReader reader, PutMetricDataBody request)
    {
        if (reader.ValueTextEquals("Namespace"u8))
        {
            request.Namespace = WireJson.ReadString(ref reader);
        }
        else if (reader.ValueTextEquals("MetricData"u8))
        {
            request.MetricData = WireJson.ReadItems(ref reader, WireDatumReader.Read, PutMetricDataLimits.MaxDatums, TooMany) ?? [];
        }
        else if (reader.ValueTextEquals("EntityMetricData"u8))
        {
            // Skipping it like an unknown member would lose its datums unseen.
            throw new CloudWatchException(ErrorCodes.ValidationError, "EntityMetricData is not supported by the embedded CloudWatch.");
        }
        else
        {
            reader.Skip();
        }
    }

    private static CloudWatchException TooMany() => ErrorCodes.TooMany("MetricData", PutMetricDataLimits.MaxDatums);
}
