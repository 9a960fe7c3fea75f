using System.Globalization;
using System.Text;

namespace CloudObserve.Benchmarks.Report;

/// <summary>Makes README's table and the charts of the kept results, so that no figure is shown that no file holds.</summary>
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

    /// <summary>Writes the report, or only says whether what is there is what the results give.</summary>
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
                Console.Error.WriteLine($"{path} is not what benchmarks/results gives. Run the benchmarks with --report.");
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
        yield return (Path.Combine(charts, "threads.svg"), Scaling("Cost of one call by number of threads, in nanoseconds (2 cores)", Threads()));
        yield return (Path.Combine(charts, "growth.svg"), Scaling("Cost of one call by number of series and of filters, in nanoseconds", Growth()));
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
            ? throw new InvalidOperationException($"README.md has no place for the table: a line '{Begin}' and a line '{End}'.")
            : $"{readme[..from]}{Begin}\n{Table()}{readme[to..]}";
    }

    private string Table()
    {
        StringBuilder table = new("\n| What | Against | Wanted | Measured |\n| --- | --- | --- | --- |\n");
        foreach (Comparison comparison in Comparisons.All)
        {
            string[] ratios = [.. comparison.Ratios(_results[comparison.Area]).Select(ratio => Text(ratio.Ratio))];
            _ = table.Append(CultureInfo.InvariantCulture, $"| {comparison.What} | {comparison.Against} | \u2264 {Text(comparison.Target)} | ")
                .Append(CultureInfo.InvariantCulture, $"[{(ratios.Length == 0 ? "not measured" : string.Join(" \u00B7 ", ratios))}](benchmarks/results/{comparison.Area}.md) |\n");
        }

        foreach ((string name, string title, string _) in _load.All())
        {
            _ = table.Append(CultureInfo.InvariantCulture, $"\n[{title}](docs/charts/{name}), from [the load tests](benchmarks/results/load.md).\n");
        }

        return table.Append('\n').ToString();
    }

    private string Ratios()
    {
        List<(string, double, double)> bars = [];
        foreach (Comparison comparison in Comparisons.All.Where(c => c.Target <= RatioRoom))
        {
            bars.AddRange(comparison.Ratios(_results[comparison.Area]).Select(
                ratio => ($"{comparison.What.Replace("`", "", StringComparison.Ordinal)} ({ratio.Parameters})", ratio.Ratio, comparison.Target)));
        }

        return BarChart.Draw("Time relative to the best rival on the same work; the red line is the target", bars, RatioRoom);
    }

    private static string Scaling(string title, IEnumerable<(string Label, double Value)> values)
    {
        (string, double, double)[] bars = [.. values.Select(value => (value.Label, value.Value, -1.0))];
        return BarChart.Draw(title, bars, bars.Select(bar => bar.Item2).DefaultIfEmpty(1).Max());
    }

    private IEnumerable<(string Label, double Value)> Threads() =>
    [
        .. Rows("metrics", "BoundPut", "Put", "Put on a bound series, threads: "),
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
