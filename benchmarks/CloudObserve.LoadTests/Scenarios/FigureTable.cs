using System.Globalization;

namespace CloudObserve.LoadTests.Scenarios;

/// <summary>Figures in rows and columns, as Markdown.</summary>
internal sealed class FigureTable
{
    private readonly List<string> _lines = [];

    /// <param name="columns">The headings. All columns but the first hold numbers.</param>
    internal FigureTable(params string[] columns)
    {
        Add(columns);
        Add([.. columns.Select((_, i) => i == 0 ? "---" : "---:")]);
    }

    internal IReadOnlyList<string> Lines => _lines;

    internal void Add(params IEnumerable<string> cells) => _lines.Add($"| {string.Join(" | ", cells)} |");

    /// <summary>Writes a number with about three digits that count.</summary>
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
