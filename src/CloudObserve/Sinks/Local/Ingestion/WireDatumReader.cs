using System.Text.Json;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Reads one item of <c>MetricData</c>. The reader must be at its opening brace.</summary>
internal static class WireDatumReader
{
    internal static WireDatum Read(ref Utf8JsonReader reader)
    {
        WireDatum datum = new();
        while (WireJson.NextMember(ref reader))
        {
            if (!ReadIdentity(ref reader, datum) && !ReadNumbers(ref reader, datum))
            {
                reader.Skip();
            }
        }

        return datum;
    }

    private static bool ReadIdentity(ref Utf8JsonReader reader, WireDatum datum)
    {
        if (reader.ValueTextEquals("MetricName"u8))
        {
            datum.MetricName = WireJson.ReadString(ref reader);
        }
        else if (reader.ValueTextEquals("Dimensions"u8))
        {
            datum.Dimensions = WireJson.ReadItems(ref reader, ReadDimension);
        }
        else if (reader.ValueTextEquals("Unit"u8))
        {
            datum.Unit = WireJson.ReadString(ref reader);
        }
        else if (reader.ValueTextEquals("Timestamp"u8))
        {
            datum.Timestamp = WireJson.ReadNumber(ref reader);
        }
        else if (reader.ValueTextEquals("StorageResolution"u8))
        {
            datum.StorageResolution = WireJson.ReadNumber(ref reader);
        }
        else
        {
            return false;
        }

        return true;
    }

    private static bool ReadNumbers(ref Utf8JsonReader reader, WireDatum datum)
    {
        if (reader.ValueTextEquals("Value"u8))
        {
            datum.Value = WireJson.ReadNumber(ref reader);
        }
        else if (reader.ValueTextEquals("Values"u8))
        {
            datum.Values = WireJson.ReadNumbers(ref reader);
        }
        else if (reader.ValueTextEquals("Counts"u8))
        {
            datum.Counts = WireJson.ReadNumbers(ref reader);
        }
        else if (reader.ValueTextEquals("StatisticValues"u8))
        {
            datum.StatisticValues = ReadStatisticSet(ref reader);
        }
        else
        {
            return false;
        }

        return true;
    }

    private static WireDimension ReadDimension(ref Utf8JsonReader reader)
    {
        WireDimension dimension = default;
        while (WireJson.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("Name"u8))
            {
                dimension = dimension with { Name = WireJson.ReadString(ref reader) };
            }
            else if (reader.ValueTextEquals("Value"u8))
            {
                dimension = dimension with { Value = WireJson.ReadString(ref reader) };
            }
            else
            {
                reader.Skip();
            }
        }

        return dimension;
    }

    private static WireStatisticSet? ReadStatisticSet(ref Utf8JsonReader reader)
    {
        if (!WireJson.EnterObject(ref reader))
        {
            return null;
        }

        WireStatisticSet set = new();
        WireJson.ReadMembers(ref reader, set, ReadStatistic);
        return set;
    }

    private static void ReadStatistic(ref Utf8JsonReader reader, WireStatisticSet set)
    {
        if (reader.ValueTextEquals("SampleCount"u8))
        {
            set.SampleCount = WireJson.ReadNumber(ref reader);
        }
        else if (reader.ValueTextEquals("Sum"u8))
        {
            set.Sum = WireJson.ReadNumber(ref reader);
        }
        else if (reader.ValueTextEquals("Minimum"u8))
        {
            set.Minimum = WireJson.ReadNumber(ref reader);
        }
        else if (reader.ValueTextEquals("Maximum"u8))
        {
            set.Maximum = WireJson.ReadNumber(ref reader);
        }
        else
        {
            reader.Skip();
        }
    }
}
