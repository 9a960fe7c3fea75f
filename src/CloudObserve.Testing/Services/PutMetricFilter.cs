using System.Text.Json;
using CloudObserve.Filters;

namespace CloudObserve.Testing.Services;

/// <summary>Serves PutMetricFilter over AWS JSON 1.1.</summary>
internal sealed class PutMetricFilter(LogGroups groups) : IOperation
{
    private const int MaxDimensions = 3;
    private const int MaxName = 512;

    public string Name => nameof(PutMetricFilter);

    public ServiceProtocol Protocol => ServiceProtocol.Logs;

    public Served Serve(JsonElement body, int? invalidMember)
    {
        string group = LogRules.GroupName(body);
        string name = FilterName(body);
        string pattern = LogRules.Text(body, "filterPattern") ?? throw LogRules.Required("filterPattern");
        if (!FilterPattern.TryParse(pattern, out FilterPattern? parsed, out _))
        {
            throw LogRules.Invalid("Invalid metric filter pattern");
        }

        JsonElement transformation = body.TryGetProperty("metricTransformations", out JsonElement list) && list.GetArrayLength() == 1
            ? list[0]
            : throw LogRules.Invalid("Value at 'metricTransformations' failed to satisfy constraint: Member must have length equal to 1");
        IReadOnlyList<string> systemFields = body.TryGetProperty("emitSystemFieldDimensions", out JsonElement fields)
            ? [.. fields.EnumerateArray().Select(static field => field.GetString() ?? "")]
            : [];
        groups.PutFilter(Read(group, name, parsed, transformation) with { EmitSystemFieldDimensions = systemFields });
        return Served.Nothing;
    }

    private static string FilterName(JsonElement body)
    {
        string name = LogRules.Text(body, "filterName") ?? throw LogRules.Required("filterName");
        bool legal = name.Length is >= 1 and <= MaxName && name.AsSpan().IndexOfAny(':', '*') < 0;
        return legal ? name : throw LogRules.Invalid($"Value '{name}' at 'filterName' failed to satisfy constraint.");
    }

    private static CreatedMetricFilter Read(string group, string name, FilterPattern pattern, JsonElement transformation)
    {
        Dictionary<string, string> dimensions = transformation.TryGetProperty("dimensions", out JsonElement given)
            ? given.EnumerateObject().ToDictionary(d => d.Name, d => d.Value.GetString() ?? "", StringComparer.Ordinal)
            : [];
        double? defaultValue = transformation.TryGetProperty("defaultValue", out JsonElement value) ? value.GetDouble() : null;
        if (dimensions.Count > MaxDimensions || (dimensions.Count > 0 && defaultValue is not null) || !dimensions.Values.All(pattern.Uses))
        {
            throw LogRules.Invalid("Invalid metric transformation: dimensions are at most three, of fields in the pattern, and exclude a default value.");
        }

        return new CreatedMetricFilter(
            group,
            name,
            pattern.Text,
            Text(transformation, "metricNamespace"),
            Text(transformation, "metricName"),
            Text(transformation, "metricValue"),
            defaultValue,
            dimensions,
            LogRules.Text(transformation, "unit") ?? "None");
    }

    private static string Text(JsonElement transformation, string name) =>
        LogRules.Text(transformation, name) is { Length: > 0 } text ? text : throw LogRules.Required($"metricTransformations.1.member.{name}");
}
