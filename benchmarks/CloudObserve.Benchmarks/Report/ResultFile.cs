namespace CloudObserve.Benchmarks.Report;

/// <summary>Represents a file of stored tables, one for each benchmark class or scenario.</summary>
internal sealed class ResultFile
{
    private static readonly string[] NoParameters = ["Method", "Median", "Ratio", "Gen1", "Gen2", "Allocated"];

    private readonly Dictionary<string, List<(string[] Header, string[] Cells)>> _tables = [];

    private ResultFile(IEnumerable<string> lines)
    {
        List<(string[] Header, string[] Cells)>? table = null;
        string[]? header = null;
        foreach (string line in lines)
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                _tables[line[3..]] = table = [];
                header = null;
            }
            else if (table is not null && line.StartsWith('|') && !line.StartsWith("| ---", StringComparison.Ordinal))
            {
                string[] cells = [.. line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries)];
                if (header is null)
                {
                    header = cells;
                }
                else
                {
                    table.Add((header, cells));
                }
            }
        }
    }

    /// <summary>Gets the rows of a benchmark class; none if it has not been measured.</summary>
    internal IReadOnlyList<ResultRow> this[string benchmark] => [.. Table(benchmark).Select(row => Read(row.Header, row.Cells))];

    /// <summary>Returns the cells of a table by column name; none if there is no such table.</summary>
    internal IEnumerable<IReadOnlyDictionary<string, string>> Rows(string section) =>
        Table(section).Select(row => row.Header.Zip(row.Cells).ToDictionary(cell => cell.First, cell => cell.Second));

    internal static ResultFile Read(string path) => new(File.Exists(path) ? File.ReadLines(path) : []);

    private List<(string[] Header, string[] Cells)> Table(string section) => _tables.GetValueOrDefault(section) ?? [];

    private static ResultRow Read(string[] header, string[] cells)
    {
        IEnumerable<string> parameters = header.Zip(cells).Where(static cell => !NoParameters.Contains(cell.First))
            .Select(static cell => cell.Second);
        return new ResultRow(
            cells[Array.IndexOf(header, "Method")], string.Join(", ", parameters),
            ResultRow.ReadMedian(cells[Array.IndexOf(header, "Median")]));
    }
}
