using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using Perfolizer.Horology;

namespace CloudObserve.Benchmarks;

/// <summary>Holds the command line's options and the benchmark configuration derived from them.</summary>
/// <param name="ForBenchmarkDotNet">The arguments for BenchmarkDotNet.</param>
/// <param name="ResultsDirectory">The directory for result tables, or <see langword="null"/>.</param>
/// <param name="NamesJob">Whether the caller selected a job.</param>
/// <param name="Launches">The number of processes for each benchmark.</param>
internal sealed record Arguments(string[] ForBenchmarkDotNet, string? ResultsDirectory, bool NamesJob, int Launches)
{
    internal static Arguments Parse(string[] args)
    {
        List<string> passed = [.. args];
        string? results = null;
        if (passed.IndexOf("--results") is >= 0 and int at && at + 1 < passed.Count)
        {
            results = Path.GetFullPath(passed[at + 1]);
            passed.RemoveRange(at, 2);
        }

        int launches = passed.Remove("--once") ? 1 : 2;
        int job = passed.FindIndex(a => a is "--job" or "-j");
        if (job >= 0 && job + 1 < passed.Count && passed[job + 1].Equals("dry", StringComparison.OrdinalIgnoreCase))
        {
            // A dry run only shows that each benchmark runs, so no separate build and process are needed.
            passed.Add("--inProcess");
        }

        return new Arguments([.. passed], results, job >= 0, launches);
    }

    internal IConfig CreateConfig()
    {
        ManualConfig config = ManualConfig.CreateEmpty()
            .AddLogger(ConsoleLogger.Default)
            .AddExporter(MarkdownExporter.GitHub)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddColumn(StatisticColumn.Median, new MedianRatioColumn())
            .HideColumns(
                StatisticColumn.Mean, StatisticColumn.Error, StatisticColumn.StdDev, BaselineRatioColumn.RatioMean,
                BaselineRatioColumn.RatioStdDev)
            .HideColumns("Gen0", "Gen1", "Gen2", "Alloc Ratio");

        // A default job would take precedence over one selected on the command line.
        return NamesJob ? config : config.AddJob(ShortJob(Launches));
    }

    /// <summary>Returns a job with short iterations and two processes for each benchmark, unless one is requested.</summary>
    /// <remarks>The first dozen iterations let the JIT compiler finish. Ratios become stable, and the suite takes only minutes.</remarks>
    private static Job ShortJob(int launches) => Job.Default
        .WithId("Short")
        .WithGcServer(false)
        .WithLaunchCount(launches)
        .WithWarmupCount(12)
        .WithIterationCount(7)
        .WithIterationTime(TimeInterval.FromMilliseconds(60))
        .AsDefault();
}
