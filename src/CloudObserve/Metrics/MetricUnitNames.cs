namespace CloudObserve.Metrics;

/// <summary>The wire names of the units; CloudWatch compares them case-sensitively.</summary>
internal static class MetricUnitNames
{
    private static readonly string[] Names = [.. Enum.GetValues<MetricUnit>().Select(WireName)];

    internal static bool IsDefined(MetricUnit unit) => (uint)unit < (uint)Names.Length;

    internal static string Of(MetricUnit unit) => Names[(int)unit];

    /// <summary>Finds the unit of a wire name.</summary>
    internal static bool TryParse(string name, out MetricUnit unit)
    {
        int index = Array.IndexOf(Names, name);
        unit = (MetricUnit)Math.Max(index, 0);
        return index >= 0;
    }

    // BytesPerSecond -> Bytes/Second is the only way in which the names differ.
    private static string WireName(MetricUnit unit) => unit.ToString().Replace("PerSecond", "/Second", StringComparison.Ordinal);
}
