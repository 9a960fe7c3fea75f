using System.Text.Json;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Reads one item of <c>EntityMetricData</c>. The reader must be at its opening brace.</summary>
internal static class EntityReader
{
    internal static WireEntityMetricData Read(ref Utf8JsonReader reader)
    {
        WireEntityMetricData item = new();
        WireJson.ReadMembers(ref reader, item, ReadMember);
        return item;
    }

    private static void ReadMember(ref Utf8JsonReader reader, WireEntityMetricData item)
    {
        if (reader.ValueTextEquals("Entity"u8))
        {
            if (WireJson.EnterObject(ref reader))
            {
                WireJson.ReadMembers(ref reader, item, ReadEntity);
            }
        }
        else if (reader.ValueTextEquals("MetricData"u8))
        {
            item.MetricData = PutMetricDataReader.ReadDatums(ref reader);
        }
        else
        {
            reader.Skip();
        }
    }

    private static void ReadEntity(ref Utf8JsonReader reader, WireEntityMetricData item)
    {
        if (reader.ValueTextEquals("KeyAttributes"u8))
        {
            item.KeyAttributes = ReadTexts(ref reader);
        }
        else if (reader.ValueTextEquals("Attributes"u8))
        {
            item.Attributes = ReadTexts(ref reader);
        }
        else
        {
            reader.Skip();
        }
    }

    private static Dictionary<string, string?>? ReadTexts(ref Utf8JsonReader reader)
    {
        if (!WireJson.EnterObject(ref reader))
        {
            return null;
        }

        Dictionary<string, string?> texts = new(StringComparer.Ordinal);
        while (WireJson.NextMember(ref reader))
        {
            string name = reader.GetString()!;
            texts[name] = WireJson.ReadString(ref reader);
        }

        return texts;
    }
}
