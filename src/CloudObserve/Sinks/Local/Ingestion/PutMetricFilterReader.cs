using System.Text.Json;
using CloudObserve.Filters;
using CloudObserve.Filters.Transformations;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Reads the body of <c>PutMetricFilter</c>.</summary>
internal static class PutMetricFilterReader
{
    internal static PutMetricFilterBody Read(ReadOnlySpan<byte> body) => WireBody.Read<PutMetricFilterBody>(body, ReadMember);

    private static void ReadMember(ref Utf8JsonReader reader, PutMetricFilterBody request)
    {
        switch (reader.GetString())
        {
            case "logGroupName":
                request.LogGroupName = WireJson.ReadString(ref reader);
                break;
            case "filterName":
                request.FilterName = WireJson.ReadString(ref reader);
                break;
            case "filterPattern":
                request.Filter.Pattern = WireJson.ReadString(ref reader)!;
                break;
            case "fieldSelectionCriteria":
                request.FieldSelectionCriteria = WireJson.ReadString(ref reader);
                break;
            case "emitSystemFieldDimensions":
                ReadSystemFields(ref reader, request.Filter);
                break;
            case "metricTransformations":
                ReadTransformations(ref reader, request);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private static void ReadSystemFields(ref Utf8JsonReader reader, MetricFilterOptions filter)
    {
        foreach (string field in WireJson.ReadStrings(ref reader) ?? [])
        {
            filter.EmitSystemFieldDimensions.Add(field);
        }
    }

    private static void ReadTransformations(ref Utf8JsonReader reader, PutMetricFilterBody request)
    {
        if (!WireJson.EnterArray(ref reader))
        {
            return;
        }

        while (WireJson.NextItem(ref reader))
        {
            request.Transformations++;
            WireJson.ReadMembers(ref reader, request, ReadTransformation);
        }
    }

    private static void ReadTransformation(ref Utf8JsonReader reader, PutMetricFilterBody request)
    {
        MetricFilterOptions filter = request.Filter;
        switch (reader.GetString())
        {
            case "metricName":
                filter.Metric = WireJson.ReadString(ref reader);
                break;
            case "metricNamespace":
                filter.Namespace = WireJson.ReadString(ref reader);
                break;
            case "metricValue":
                filter.Value = WireJson.ReadString(ref reader)!;
                break;
            case "defaultValue":
                filter.Default = WireJson.ReadNumber(ref reader);
                break;
            case "dimensions":
                ReadDimensions(ref reader, filter);
                break;
            case "unit":
                string? unit = WireJson.ReadString(ref reader);
                request.UnknownUnit = unit is null || MetricFilterBody.TrySetUnit(filter, unit) ? null : unit;
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private static void ReadDimensions(ref Utf8JsonReader reader, MetricFilterOptions filter)
    {
        if (!WireJson.EnterObject(ref reader))
        {
            return;
        }

        while (WireJson.NextMember(ref reader))
        {
            string name = reader.GetString()!;
            filter.Dimensions[name] = WireJson.ReadString(ref reader)!;
        }
    }
}
