using System.Globalization;
using System.Text;

namespace CloudObserve.Benchmarks.Report;

/// <summary>
/// Generates the table in README and the charts from the stored results, so that every published figure has a source file.
/// </summary>
internal sealed class SpeedReport
{
    private const string Begin = "<!-- speed: made by `dotnet run -c Release --project benchmarks/CloudObserve.Benchmarks -- --report` -->";
    private const string End = "<!-- end of speed -->";
    private const int RatioRoom = 3;

    private readonly string _root;
    private readonly Dictionary<string, ResultFile> _results;
    private readonly LoadCharts _load;

    private SpeedReport(string root)
    {
        _root = root;
        _results = new[] { "metrics", "pipeline", "logs", "filters", "audit" }
            .ToDictionary(area => area, area => ResultFile.Read(Path.Combine(root, "benchmarks", "results", $"{area}.md")));
        _load = new LoadCharts(ResultFile.Read(Path.Combine(root, "benchmarks", "results", "load.md")));
    }

    /// <summary>Writes the report, or checks whether the existing files match the results.</summary>
    /// <returns>The exit status: 0 when all files are current.</returns>
    internal static int Run(string root, bool checkOnly)
    {
        bool isCurrent = true;
        foreach ((string path, string content) in new SpeedReport(root).Files())
        {
            bool same = File.Exists(path) && File.ReadAllText(path) == content;
            isCurrent &= same;
            if (!same && checkOnly)
            {
                Console.Error.WriteLine($"{path} does not match benchmarks/results. Run the benchmarks with --report.");
            }
            else if (!same)
            {
                _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, content);
            }
        }

        return isCurrent || !checkOnly ? 0 : 1;
    }

    private IEnumerable<(string Path, string Content)> Files()
    {
        string readme = Path.Combine(_root, "README.md");
        string charts = Path.Combine(_root, "docs", "charts");
        yield return (readme, WithTable(File.ReadAllText(readme)));
        yield return (Path.Combine(charts, "ratios.svg"), Ratios());
        yield return (Path.Combine(charts, "threads.svg"),
            Scaling("Time of one call by number of threads, in nanoseconds (2 cores)", Threads()));
        yield return (Path.Combine(charts, "growth.svg"),
            Scaling("Time of one call by number of series and by number of filters, in nanoseconds", Growth()));
        foreach ((string name, string _, string content) in _load.All())
        {
            yield return (Path.Combine(charts, name), content);
        }
    }

    private string WithTable(string readme)
    {
        int from = readme.IndexOf(Begin, StringComparison.Ordinal);
        int to = readme.IndexOf(End, StringComparison.Ordinal);
        return from < 0 || to < from
            ? throw new InvalidOperationException($"README.md has no place for the table. It needs a line '{Begin}' and a line '{End}'.")
            : $"{readme[..from]}{Begin}\n{Table()}{readme[to..]}";
    }

    private string Table()
    {
        StringBuilder table = new("\n| What | Compared with | Target | Measured |\n| --- | --- | --- | --- |\n");
        foreach (Comparison comparison in Comparisons.All)
        {
            _ = table.Append(
                CultureInfo.InvariantCulture, $"| {comparison.What} | {comparison.Against} | \u2264 {Text(comparison.Target)} | ")
                .Append(CultureInfo.InvariantCulture, $"[{Highest(comparison)}](benchmarks/results/{comparison.Area}.md) |\n");
        }

        foreach ((string name, string title, string _) in _load.All())
        {
            _ = table.Append(
                CultureInfo.InvariantCulture,
                $"\nChart: [{title}](docs/charts/{name}). The figures come from [the load tests](benchmarks/results/load.md).\n");
        }

        return table.Append('\n').ToString();
    }

    // A reader compares one number with the target. The result file and the chart have every case.
    private string Highest(Comparison comparison)
    {
        double[] ratios = [.. comparison.Ratios(_results[comparison.Area]).Select(ratio => ratio.Ratio)];
        return ratios.Length == 0 ? "not measured" : Text(ratios.Max());
    }

    private string Ratios()
    {
        List<(string, double, double)> bars = [];
        foreach (Comparison comparison in Comparisons.All.Where(c => c.Target <= RatioRoom))
        {
            bars.AddRange(comparison.Ratios(_results[comparison.Area]).Select(
                ratio => ($"{comparison.What.Replace("`", "", StringComparison.Ordinal)} ({ratio.Parameters})", ratio.Ratio,
                    comparison.Target)));
        }

        return BarChart.Draw("Time relative to the alternative for the same work; the red line is the target", bars, RatioRoom);
    }

    private static string Scaling(string title, IEnumerable<(string Label, double Value)> values)
    {
        (string, double, double)[] bars = [.. values.Select(value => (value.Label, value.Value, -1.0))];
        return BarChart.Draw(title, bars, bars.Select(bar => bar.Item2).DefaultIfEmpty(1).Max());
    }

    private IEnumerable<(string Label, double Value)> Threads() =>
    [
        .. Rows("metrics", "BoundPutBenchmarks", "Put", "Put on a bound series, threads: "),
        .. Rows("logs", "CallerCost", "CloudObserve", "Log call, style and threads: "),
    ];

    private IEnumerable<(string Label, double Value)> Growth() =>
    [
        .. Rows("metrics", "SeriesGrowth", "Put", "Put with 3 dimensions, series: "),
        .. Rows("filters", "FilterGrowth", "Terms", "Term filters on an event: "),
        .. Rows("filters", "FilterGrowth", "Fields", "Field filters on an event: "),
        .. Rows("filters", "FilterGrowth", "Selectors", "JSON filters on an event: "),
    ];

    private IEnumerable<(string Label, double Value)> Rows(string area, string benchmark, string method, string label) =>
        _results[area][benchmark].Where(row => row.Method == method).Select(row => (label + row.Parameters, row.Nanoseconds));

    private static string Text(double ratio) => ratio.ToString(ratio < 10 ? "0.##" : "0", CultureInfo.InvariantCulture);
}
