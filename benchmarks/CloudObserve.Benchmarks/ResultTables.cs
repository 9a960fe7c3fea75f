using System.Globalization;
using System.Reflection;
using System.Text;
using BenchmarkDotNet.Reports;

namespace CloudObserve.Benchmarks;

/// <summary>Writes the tables of a run as Markdown: one file for each area, which is the last part of the benchmarks' namespace.</summary>
internal static class ResultTables
{
    /// <summary>Writes the tables if a directory is given, and returns whether every benchmark ran.</summary>
    /// <returns>The exit status: 0 if everything requested was measured.</returns>
    internal static int Conclude(IReadOnlyList<Summary> summaries, string? directory)
    {
        Summary[] measured = [.. summaries.Where(s => s.BenchmarksCases.Length > 0)];
        if (directory is not null)
        {
            _ = Directory.CreateDirectory(directory);
            foreach (IGrouping<string, Summary> area in measured.GroupBy(AreaOf))
            {
                File.WriteAllText(Path.Combine(directory, $"{area.Key}.md"), Write(area.Key, [.. area]));
            }
        }

        bool complete = measured.Length > 0
            && measured.All(s => !s.HasCriticalValidationErrors && s.BenchmarksCases.All(c => s[c]?.Success == true));
        return complete ? 0 : 1;
    }

    private static string AreaOf(Summary summary) => TypeOf(summary).Namespace!.Split('.')[^1].ToLowerInvariant();

    private static Type TypeOf(Summary summary) => summary.BenchmarksCases[0].Descriptor.Type;

    private static string Write(string area, IReadOnlyList<Summary> summaries)
    {
        StringBuilder text = new();
        bool isOnce = summaries[0].BenchmarksCases[0].Job.Run.LaunchCount == 1;
        string commit = typeof(ResultTables).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?
            .InformationalVersion.Split('+')[^1] ?? "";
        _ = text.AppendLine(CultureInfo.InvariantCulture, $"# Benchmarks: {area}\n")
            .AppendLine(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd}, commit {commit[..Math.Min(10, commit.Length)]}\n")
            .AppendLine("```")
            .AppendJoin('\n', summaries[0].HostEnvironmentInfo.ToFormattedString())
            .AppendLine("\n```\n")
            .AppendLine(CultureInfo.InvariantCulture,
                $"Medians over {(isOnce ? "one run" : "two runs")} on a shared virtual machine. Judge ratios (of medians, within one run) "
                    + $"and allocations, not nanoseconds.");
        foreach (Summary summary in summaries)
        {
            _ = text.AppendLine(CultureInfo.InvariantCulture, $"\n## {TypeOf(summary).Name}\n");
            AppendTable(text, summary.Table);
        }

        return text.ToString();
    }

    private static void AppendTable(StringBuilder text, SummaryTable table)
    {
        SummaryTable.SummaryTableColumn[] columns = [.. table.Columns.Where(c => c.NeedToShow)];
        AppendRow(text, columns.Select(c => c.Header));
        AppendRow(text, columns.Select(c => c.OriginalColumn.IsNumeric ? "---:" : "---"));
        for (int row = 0; row < table.FullContent.Length; row++)
        {
            AppendRow(text, columns.Select(c => c.Content[row].Replace("|", "\\|", StringComparison.Ordinal)));
        }
    }

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).AppendLine(" |");
}
