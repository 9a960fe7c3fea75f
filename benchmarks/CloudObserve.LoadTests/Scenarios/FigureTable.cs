using System.Globalization;

namespace CloudObserve.LoadTests.Scenarios;

/// <summary>Formats figures as a Markdown table.</summary>
internal sealed class FigureTable
{
    private readonly List<string> _lines = [];

    /// <param name="columns">The headings. All columns except the first contain numbers.</param>
    internal FigureTable(params string[] columns)
    {
        Add(columns);
        Add([.. columns.Select((_, i) => i == 0 ? "---" : "---:")]);
    }

    internal IReadOnlyList<string> Lines => _lines;

    internal void Add(params IEnumerable<string> cells) => _lines.Add($"| {string.Join(" | ", cells)} |");

    /// <summary>Formats a number with about three significant digits.</summary>
    internal static string Text(double number) => number.ToString(
        Math.Abs(number) switch
        {
            < 1 => "0.###",
            < 10 => "0.##",
            < 100 => "0.#",
            _ => "#,0",
        },
        CultureInfo.InvariantCulture);
}
