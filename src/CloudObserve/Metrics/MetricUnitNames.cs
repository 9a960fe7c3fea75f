namespace CloudObserve.Metrics;

/// <summary>Maps units to their wire names, which CloudWatch compares case-sensitively.</summary>
internal static class MetricUnitNames
{
    private static readonly string[] Names = [.. Enum.GetValues<MetricUnit>().Select(WireName)];

    internal static bool IsDefined(MetricUnit unit) => (uint)unit < (uint)Names.Length;

    internal static string Of(MetricUnit unit) => Names[(int)unit];

    /// <summary>Finds the unit with a wire name.</summary>
    internal static bool TryParse(string name, out MetricUnit unit)
    {
        int index = Array.IndexOf(Names, name);
        unit = (MetricUnit)Math.Max(index, 0);
        return index >= 0;
    }

    // The names differ only in this way: BytesPerSecond is sent as Bytes/Second.
    private static string WireName(MetricUnit unit) => unit.ToString().Replace("PerSecond", "/Second", StringComparison.Ordinal);
}
