namespace CloudObserve.Metrics.Meters;

/// <summary>
/// Translates the units of <c>System.Diagnostics.Metrics</c> (UCUM by convention) to CloudWatch units. Values are never converted.
/// </summary>
internal static class UcumUnits
{
    private const string PerSecond = "/s";

    private static readonly Dictionary<string, MetricUnit> Known = new(StringComparer.Ordinal)
    {
        ["s"] = MetricUnit.Seconds,
        ["ms"] = MetricUnit.Milliseconds,
        ["us"] = MetricUnit.Microseconds,
        ["By"] = MetricUnit.Bytes,
        ["kBy"] = MetricUnit.Kilobytes,
        ["MBy"] = MetricUnit.Megabytes,
        ["GBy"] = MetricUnit.Gigabytes,
        ["TBy"] = MetricUnit.Terabytes,
        ["bit"] = MetricUnit.Bits,
        ["kbit"] = MetricUnit.Kilobits,
        ["Mbit"] = MetricUnit.Megabits,
        ["Gbit"] = MetricUnit.Gigabits,
        ["Tbit"] = MetricUnit.Terabits,
        ["%"] = MetricUnit.Percent,
    };

    private static readonly Dictionary<string, MetricUnit> WireNames =
        Enum.GetValues<MetricUnit>().ToDictionary(MetricUnitNames.Of, unit => unit, StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the CloudWatch unit with the same meaning, or <see cref="MetricUnit.None"/> if there is none.</summary>
    internal static MetricUnit Translate(string? unit)
    {
        if (string.IsNullOrEmpty(unit))
        {
            return MetricUnit.None;
        }

        if (Known.TryGetValue(unit, out MetricUnit known) || WireNames.TryGetValue(unit, out known))
        {
            return known;
        }

        if (unit.EndsWith(PerSecond, StringComparison.Ordinal))
        {
            MetricUnit counted = Translate(unit[..^PerSecond.Length]);
            return WireNames.GetValueOrDefault($"{MetricUnitNames.Of(counted)}/Second", MetricUnit.None);
        }

        // UCUM writes a count of things as an annotation: {request}.
        return unit[0] == '{' && unit[^1] == '}' ? MetricUnit.Count : MetricUnit.None;
    }
}
