using System.Text.Json;
using CloudObserve.Contracts;
using CloudObserve.Metrics;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Ingestion.EmbeddedMetrics;

/// <summary>Checks a metric directive and the root members it refers to.</summary>
internal static class DirectiveRules
{
    private const string Path = "_aws.CloudWatchMetrics";

    // The end of the year 9999, the largest time that .NET can represent.
    private const long MaxMilliseconds = 253_402_300_799_999;

    internal static long CheckTimestamp(JsonElement aws) =>
        aws.TryGetProperty("Timestamp"u8, out JsonElement timestamp) && timestamp.ValueKind == JsonValueKind.Number
            && timestamp.TryGetInt64(out long milliseconds) && milliseconds is >= 0 and <= MaxMilliseconds
            ? milliseconds
            : throw ErrorCodes.Invalid("_aws.Timestamp", "must be a whole number of milliseconds since 1970");

    /// <summary>Checks a directive and the members it refers to.</summary>
    /// <param name="root">The document.</param>
    /// <param name="directive">The directive.</param>
    /// <param name="time">The time of its metrics, in seconds since 1970.</param>
    /// <returns>Every metric, once for each set of dimensions.</returns>
    internal static List<Observation> Check(JsonElement root, JsonElement directive, long time)
    {
        string? @namespace = Text(Member(directive, "Namespace", Path), Path);
        NamespaceRules.Check(@namespace, $"{Path}.Namespace");
        JsonElement sets = Array(Member(directive, "Dimensions", Path), $"{Path}.Dimensions");
        if (sets.GetArrayLength() == 0)
        {
            throw ErrorCodes.Required($"{Path}.Dimensions");
        }

        JsonElement metrics = Array(Member(directive, "Metrics", Path), $"{Path}.Metrics");
        if (metrics.GetArrayLength() > ServiceLimits.EmbeddedMetrics.MaxMetrics)
        {
            throw ErrorCodes.TooMany($"{Path}.Metrics", ServiceLimits.EmbeddedMetrics.MaxMetrics);
        }

        MetricDimension[][] dimensions = [.. sets.EnumerateArray().Select(set => CheckSet(root, set))];
        return [.. metrics.EnumerateArray().SelectMany(metric => MetricDefinitionRules.Check(root, metric, @namespace!, dimensions, time))];
    }

    internal static JsonElement Member(JsonElement parent, string name, string path) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement member)
            ? member : throw ErrorCodes.Required($"{path}.{name}");

    internal static string Text(JsonElement element, string path) =>
        element.ValueKind == JsonValueKind.String ? element.GetString()! : throw ErrorCodes.Invalid(path, "must be a text");

    private static JsonElement Array(JsonElement element, string path) =>
        element.ValueKind == JsonValueKind.Array ? element : throw ErrorCodes.Invalid(path, "must be a list");

    private static MetricDimension[] CheckSet(JsonElement root, JsonElement set)
    {
        const string Place = $"{Path}.Dimensions";
        List<WireDimension> read = [];
        foreach (JsonElement element in Array(set, Place).EnumerateArray())
        {
            string name = Text(element, Place);
            NameRules.CheckLength(name, Place, ServiceLimits.EmbeddedMetrics.MaxDimensionNameLength);
            read.Add(new WireDimension(name, Text(Member(root, name, "$"), name)));
        }

        return DimensionRules.Check(read, Place);
    }
}
