using System.Globalization;

namespace CloudObserve.Benchmarks.Report;

/// <summary>Represents a measured benchmark in a stored table.</summary>
/// <param name="Method">The method.</param>
/// <param name="Parameters">The parameters and categories. Rows with equal ones measured the same work.</param>
/// <param name="Nanoseconds">The median time of an operation in nanoseconds.</param>
internal sealed record ResultRow(string Method, string Parameters, double Nanoseconds)
{
    private static readonly Dictionary<string, double> Units = new()
    {
        ["ns"] = 1,
        ["us"] = 1e3,
        ["\u03BCs"] = 1e3,
        ["ms"] = 1e6,
        ["s"] = 1e9,
    };

    /// <summary>Parses the median in BenchmarkDotNet's format, such as <c>1,499.26 ns</c>.</summary>
    internal static double ReadMedian(string text)
    {
        string[] parts = text.Split(' ');
        return double.Parse(parts[0], NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture) * Units[parts[1]];
    }
}
