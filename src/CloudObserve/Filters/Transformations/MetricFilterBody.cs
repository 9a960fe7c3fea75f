using System.Buffers;
using System.Text.Json;
using CloudObserve.Metrics;

namespace CloudObserve.Filters.Transformations;

/// <summary>Writes the body of <c>PutMetricFilter</c> in AWS JSON 1.1.</summary>
internal static class MetricFilterBody
{
    /// <summary>The name of the operation, as sinks receive it.</summary>
    internal const string Operation = "PutMetricFilter";

    /// <summary>Writes the body for one log group.</summary>
    internal static ReadOnlySpan<byte> Write(string logGroup, string name, MetricFilterOptions options)
    {
        ArrayBufferWriter<byte> body = new();
        using (Utf8JsonWriter json = new(body))
        {
            json.WriteStartObject();
            json.WriteString("logGroupName", logGroup);
            json.WriteString("filterName", name);
            json.WriteString("filterPattern", options.Pattern);
            json.WriteStartArray("metricTransformations");
            WriteTransformation(json, options);
            json.WriteEndArray();
            WriteSystemFields(json, options.EmitSystemFieldDimensions);
            json.WriteEndObject();
        }

        return body.WrittenSpan;
    }

    private static void WriteSystemFields(Utf8JsonWriter json, IList<string> fields)
    {
        if (fields.Count == 0)
        {
            return;
        }

        json.WriteStartArray("emitSystemFieldDimensions");
        foreach (string field in fields)
        {
            json.WriteStringValue(field);
        }

        json.WriteEndArray();
    }

    private static void WriteTransformation(Utf8JsonWriter json, MetricFilterOptions options)
    {
        json.WriteStartObject();
        json.WriteString("metricName", options.Metric);
        json.WriteString("metricNamespace", options.Namespace);
        json.WriteString("metricValue", options.Value);
        if (options.Default is { } value)
        {
            json.WriteNumber("defaultValue", value);
        }

        if (options.Dimensions.Count > 0)
        {
            json.WriteStartObject("dimensions");
            foreach ((string dimension, string selector) in options.Dimensions)
            {
                json.WriteString(dimension, selector);
            }

            json.WriteEndObject();
        }

        json.WriteString("unit", MetricUnitNames.Of(options.Unit));
        json.WriteEndObject();
    }

    /// <summary>Sets the unit from its name in the API.</summary>
    /// <returns><see langword="true"/> if there is such a unit.</returns>
    internal static bool TrySetUnit(MetricFilterOptions options, string wireName)
    {
        bool isKnown = MetricUnitNames.TryParse(wireName, out MetricUnit unit);
        options.Unit = unit;
        return isKnown;
    }
}
