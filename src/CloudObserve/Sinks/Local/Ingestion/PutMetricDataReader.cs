using System.Text.Json;
using CloudObserve.Contracts;
using CloudObserve.Local;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Reads the body of <c>PutMetricData</c>.</summary>
internal static class PutMetricDataReader
{
    internal static PutMetricDataBody Read(ReadOnlySpan<byte> body) => WireBody.Read<PutMetricDataBody>(body, ReadMember);

    internal static List<WireDatum> ReadDatums(ref Utf8JsonReader reader) =>
        WireJson.ReadItems(ref reader, WireDatumReader.Read, ServiceLimits.PutMetricData.MaxDatums, TooMany) ?? [];

    private static void ReadMember(ref Utf8JsonReader reader, PutMetricDataBody request)
    {
        if (reader.ValueTextEquals("Namespace"u8))
        {
            request.Namespace = WireJson.ReadString(ref reader);
        }
        else if (reader.ValueTextEquals("MetricData"u8))
        {
            request.MetricData = ReadDatums(ref reader);
        }
        else if (reader.ValueTextEquals("EntityMetricData"u8))
        {
            request.EntityMetricData =
                WireJson.ReadItems(ref reader, EntityReader.Read, ServiceLimits.PutMetricData.MaxEntities, TooManyEntities);
        }
        else if (reader.ValueTextEquals("StrictEntityValidation"u8))
        {
            request.StrictEntityValidation = WireJson.ReadFlag(ref reader);
        }
        else
        {
            reader.Skip();
        }
    }

    private static CloudWatchException TooMany() => ErrorCodes.TooMany("MetricData", ServiceLimits.PutMetricData.MaxDatums);

    private static CloudWatchException TooManyEntities() => ErrorCodes.TooMany("EntityMetricData", ServiceLimits.PutMetricData.MaxEntities);
}
