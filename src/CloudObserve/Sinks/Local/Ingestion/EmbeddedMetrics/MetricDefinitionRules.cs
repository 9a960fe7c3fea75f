using System.Text.Json;
using CloudObserve.Contracts;
using CloudObserve.Metrics;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Ingestion.EmbeddedMetrics;

/// <summary>Checks a metric definition and its value: a number or a list of numbers.</summary>
internal static class MetricDefinitionRules
{
    private const string Path = "_aws.CloudWatchMetrics.Metrics";
    private const int StandardResolution = 60;
    private const int HighResolution = 1;

    internal static IEnumerable<Observation> Check(
        JsonElement root, JsonElement definition, string @namespace, MetricDimension[][] dimensions, long time)
    {
        string name = DirectiveRules.Text(DirectiveRules.Member(definition, "Name", Path), Path);
        NameRules.CheckLength(name, Path, ServiceLimits.PutMetricData.MaxNameLength);
        string unit = CheckUnit(definition);
        int resolution = CheckResolution(definition);
        ValueCount[] values = CheckTarget(DirectiveRules.Member(root, name, "$"), name);

        // Each stored metric gets its own copy of the samples, because the store takes ownership and sorts them in place.
        return values.Length == 0
            ? []
            : dimensions.Select(
                set => new Observation(new MetricIdentity(@namespace, name, set), unit, resolution, Aggregate.Of(time, [.. values])));
    }

    private static string CheckUnit(JsonElement definition) =>
        !definition.TryGetProperty("Unit"u8, out JsonElement unit)
            ? UnitNames.None
            : UnitNames.Find(DirectiveRules.Text(unit, $"{Path}.Unit"))
                ?? throw ErrorCodes.Invalid($"{Path}.Unit", $"must be a value in the set [{UnitNames.List}]");

    private static int CheckResolution(JsonElement definition)
    {
        if (!definition.TryGetProperty("StorageResolution"u8, out JsonElement given))
        {
            return StandardResolution;
        }

        bool isNumber = given.ValueKind == JsonValueKind.Number && given.TryGetInt32(out _);
        return isNumber && given.GetInt32() is int resolution and (HighResolution or StandardResolution)
            ? resolution
            : throw ErrorCodes.Invalid($"{Path}.StorageResolution", "must be 1 or 60");
    }

    private static ValueCount[] CheckTarget(JsonElement target, string path)
    {
        if (target.ValueKind != JsonValueKind.Array)
        {
            return [CheckNumber(target, path)];
        }

        return target.GetArrayLength() <= ServiceLimits.EmbeddedMetrics.MaxValues
            ? [.. target.EnumerateArray().Select(number => CheckNumber(number, path))]
            : throw ErrorCodes.TooMany(path, ServiceLimits.EmbeddedMetrics.MaxValues);
    }

    private static ValueCount CheckNumber(JsonElement element, string path)
    {
        // Negative zero becomes zero, as for PutMetricData.
        return element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double value)
            && Math.Abs(value) <= ServiceLimits.PutMetricData.MaxMagnitude
            ? new ValueCount(value + 0.0, 1)
            : throw ErrorCodes.Invalid(path, "must be a number between -2^360 and 2^360, or a list of such");
    }
}
