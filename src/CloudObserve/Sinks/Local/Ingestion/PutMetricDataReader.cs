using System.Text.Json;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Reads the body of <c>PutMetricData</c> in AWS JSON, token by token: no document is built and unknown members are skipped, as AWS does.</summary>
internal static class PutMetricDataReader
{
    internal static PutMetricDataBody Read(ReadOnlySpan<byte> body)
    {
        Utf8JsonReader reader = new(body);
        try
        {
            PutMetricDataBody request = ReadBody(ref reader);
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

    private static PutMetricDataBody ReadBody(ref Utf8JsonReader reader)
    {
        PutMetricDataBody request = new();
        if (!WireJson.EnterObject(ref reader))
        {
            return request;
        }

        while (WireJson.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("Namespace"u8))
            {
                request.Namespace = WireJson.ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("MetricData"u8))
            {
                request.MetricData = ReadData(ref reader);
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

        return request;
    }

    private static List<WireDatum> ReadData(ref Utf8JsonReader reader)
    {
        List<WireDatum> data = [];
        if (!WireJson.EnterArray(ref reader))
        {
            return data;
        }

        while (WireJson.NextItem(ref reader))
        {
            if (data.Count == PutMetricDataLimits.MaxDatums)
            {
                throw ErrorCodes.TooMany("MetricData", PutMetricDataLimits.MaxDatums);
            }

            data.Add(WireDatumReader.Read(ref reader));
        }

        return data;
    }
}
