using System.Globalization;

namespace CloudObserve.Integration.Tests.Storefront;

/// <summary>The last table that the shop printed: what its embedded CloudWatch held at the end, as its user sees it.</summary>
internal static class PrintedTable
{
    // Count, sum, average, p50 and p99, in this order after the dimensions.
    private const int Numbers = 5;

    public static Dictionary<SeriesName, SeriesTotals> Read(IEnumerable<string> output)
    {
        string[] lines = [.. output];
        int header = Array.FindLastIndex(lines, l => l.StartsWith("metric ", StringComparison.Ordinal));
        return lines.Skip(header + 1).TakeWhile(l => l.Length > 0).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToDictionary(Series, Totals);
    }

    private static SeriesName Series(string[] row) =>
        SeriesName.Of(row[0], row[1..^Numbers].Where(d => d != "-").Select(d => d.Split('=')).Select(d => (d[0], d[1])));

    private static SeriesTotals Totals(string[] row) => new(
        long.Parse(row[^Numbers], CultureInfo.InvariantCulture), double.Parse(row[^(Numbers - 1)], CultureInfo.InvariantCulture));
}
