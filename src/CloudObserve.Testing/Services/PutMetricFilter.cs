using CloudObserve.Contracts;
using System.Globalization;
using System.Text.Json;
using CloudObserve.Filters;
using CloudObserve.Filters.Transformations;
using CloudObserve.Testing.Wire;

namespace CloudObserve.Testing.Services;

/// <summary>Serves PutMetricFilter over AWS JSON 1.1.</summary>
internal sealed class PutMetricFilter(LogGroups groups) : IOperation
{
    private const int MaxDimensions = 3;
    private const int MaxName = 512;

    // In the order in which the service lists them.
    private const string Units =
        "Gigabits/Second, Gigabits, Percent, Terabits, Bits, Kilobits, Megabytes/Second, Kilobytes, Megabits/Second, Terabytes, Bytes, "
        + "Count, Gigabytes, "
        + "Milliseconds, Count/Second, Gigabytes/Second, None, Terabytes/Second, Bytes/Second, Megabits, Kilobytes/Second, Megabytes, "
        + "Microseconds, "
        + "Kilobits/Second, Terabits/Second, Bits/Second, Seconds";

    public string Name => nameof(PutMetricFilter);

    public ScriptedProtocol Protocol => ScriptedProtocol.Logs;

    public Served Serve(JsonElement body, int? invalidMember)
    {
        string group = ScriptedLogRules.GroupName(body);
        string name = FilterName(body);
        string pattern = ScriptedLogRules.Text(body, "filterPattern") ?? throw ScriptedLogRules.Required("filterPattern");
        if (!FilterPattern.TryParse(pattern, out FilterPattern? parsed, out FilterPatternError? error))
        {
            throw ScriptedLogRules.Invalid(error.ServiceMessage ?? "Invalid metric filter pattern");
        }

        CheckFieldSelection(ScriptedLogRules.Text(body, "fieldSelectionCriteria"));
        JsonElement transformation = Transformation(body);
        IReadOnlyList<string> systemFields = body.TryGetProperty("emitSystemFieldDimensions", out JsonElement fields)
            ? [.. fields.EnumerateArray().Select(static field => field.GetString() ?? "")]
            : [];
        groups.PutFilter(Read(group, name, parsed, transformation) with { EmitSystemFieldDimensions = systemFields });
        return Served.Nothing;
    }

    private static void CheckFieldSelection(string? criteria)
    {
        if (criteria?.Length > ServiceLimits.PutMetricFilter.MaxFieldSelectionLength)
        {
            throw Broken("Value at 'fieldSelectionCriteria'",
                $"Member must have length less than or equal to {ServiceLimits.PutMetricFilter.MaxFieldSelectionLength}");
        }

        if (!string.IsNullOrEmpty(criteria) && FieldSelection.Evaluate(criteria, static _ => "") is null)
        {
            throw ScriptedLogRules.Invalid("The provided field selection criteria is invalid");
        }
    }

    private static JsonElement Transformation(JsonElement body)
    {
        int count = body.TryGetProperty("metricTransformations", out JsonElement list)
            ? list.GetArrayLength() : throw ScriptedLogRules.Required("metricTransformations");
        return count == 1
            ? list[0] : throw Broken(
                "Value at 'metricTransformations'", $"Member must have length {(count == 0 ? "greater" : "less")} than or equal to 1");
    }

    private static ServiceFault Broken(string what, string rule) =>
        ScriptedLogRules.Invalid($"1 validation error detected: {what} failed to satisfy constraint: {rule}");

    private static string FilterName(JsonElement body)
    {
        string name = ScriptedLogRules.Text(body, "filterName") ?? throw ScriptedLogRules.Required("filterName");
        if (name.Length > MaxName)
        {
            throw Broken($"Value '{name}' at 'filterName'", $"Member must have length less than or equal to {MaxName}");
        }

        bool legal = name.Length is >= 1 and <= MaxName && name.AsSpan().IndexOfAny(':', '*') < 0;
        return legal ? name : throw ScriptedLogRules.Invalid($"Value '{name}' at 'filterName' failed to satisfy constraint.");
    }

    private static CreatedMetricFilter Read(string group, string name, FilterPattern pattern, JsonElement transformation)
    {
        Dictionary<string, string> dimensions = transformation.TryGetProperty("dimensions", out JsonElement given)
            ? given.EnumerateObject().ToDictionary(d => d.Name, d => d.Value.GetString() ?? "", StringComparer.Ordinal)
            : [];
        double? defaultValue = transformation.TryGetProperty("defaultValue", out JsonElement value) ? value.GetDouble() : null;
        CheckDimensions(pattern, dimensions, defaultValue is not null);
        return new CreatedMetricFilter(
            group,
            name,
            pattern.Text,
            Text(transformation, "metricNamespace"),
            Text(transformation, "metricName"),
            Value(Text(transformation, "metricValue")),
            defaultValue,
            dimensions,
            Unit(ScriptedLogRules.Text(transformation, "unit") ?? "None"));
    }

    // A field that the pattern does not have is taken: the filter then adds nothing.
    private static void CheckDimensions(FilterPattern pattern, Dictionary<string, string> dimensions, bool hasDefault)
    {
        if (dimensions.Count > MaxDimensions)
        {
            throw ScriptedLogRules.Invalid("Number of dimensions exceeds the maximum number of dimensions supported per metric filter");
        }

        if (dimensions.Values.Any(value => pattern.Kind == FilterPatternKind.Terms || !value.StartsWith('$') || value.Length == 1))
        {
            throw ScriptedLogRules.Invalid("Invalid metric transformation: dimension value must be valid selector");
        }

        if (dimensions.Count > 0 && hasDefault)
        {
            throw ScriptedLogRules.Invalid("Invalid metric transformation: dimensions and default value are mutually exclusive properties");
        }
    }

    private static string Value(string value)
    {
        bool isLegal = value.StartsWith('$') || double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        return isLegal ? value
            : throw ScriptedLogRules.Invalid($"Invalid metric transformation: metric value {value} must be a valid number");
    }

    private static string Unit(string unit) => Units.Split(", ").Contains(unit)
        ? unit
        : throw Broken("Value at 'metricTransformations.1.member.unit'", $"Member must satisfy enum value set: [{Units}]");

    private static string Text(JsonElement transformation, string name) =>
        ScriptedLogRules.Text(transformation, name) is { Length: > 0 } text
            ? text : throw ScriptedLogRules.Required($"metricTransformations.1.member.{name}");
}
