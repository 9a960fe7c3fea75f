using System.Collections.Frozen;

namespace CloudObserve.Sinks.Local;

/// <summary>CloudWatch's 27 units by their wire names, which are case-sensitive.</summary>
internal static class UnitNames
{
    internal const string None = "None";

    private static readonly string[] Names =
    [
        "Seconds", "Microseconds", "Milliseconds",
        "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes",
        "Bits", "Kilobits", "Megabits", "Gigabits", "Terabits",
        "Percent", "Count",
        "Bytes/Second", "Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second",
        "Bits/Second", "Kilobits/Second", "Megabits/Second", "Gigabits/Second", "Terabits/Second",
        "Count/Second", None,
    ];

    private static readonly FrozenSet<string> Known = Names.ToFrozenSet(StringComparer.Ordinal);

    internal static string List { get; } = string.Join(", ", Names);

    /// <summary>Returns the shared string instance of a unit's name, so that the store does not keep a copy for each datum.</summary>
    internal static string? Find(string unit) => Known.TryGetValue(unit, out string? known) ? known : null;
}
