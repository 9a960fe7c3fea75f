using System.Globalization;

namespace CloudObserve.Benchmarks.Report;

/// <summary>One measured benchmark, as it stands in a kept table.</summary>
/// <param name="Method">The method.</param>
/// <param name="Parameters">Its parameters and categories: rows that agree in them were measured on the same work.</param>
/// <param name="Nanoseconds">The median of an operation.</param>
internal sealed record ResultRow(string Method, string Parameters, double Nanoseconds)
{
    private static readonly Dictionary<string, double> Units = new() { ["ns"] = 1, ["us"] = 1e3, ["\u03BCs"] = 1e3, ["ms"] = 1e6, ["s"] = 1e9 };

    /// <summary>Reads the median as BenchmarkDotNet writes it, such as <c>1,499.26 ns</c>.</summary>
    internal static double ReadMedian(string text)
    {
        string[] parts = text.Split(' ');
        return double.Parse(parts[0], NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture) * Units[parts[1]];
    }
}
