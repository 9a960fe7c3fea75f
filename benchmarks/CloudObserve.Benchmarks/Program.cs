using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using CloudObserve.Benchmarks;
using CloudObserve.Benchmarks.Report;

// BenchmarkDotNet's own options, and "--results DIR": keep the tables there, one file for each area; "--once": one process for each
// benchmark instead of two, which takes half the time. Instead of measuring, "--report" makes README's table and the charts of what is kept in
// benchmarks/results, below the working directory, and "--report --check" says whether they are current.
if (args.Contains("--report"))
{
    return SpeedReport.Run(Environment.CurrentDirectory, checkOnly: args.Contains("--check"));
}

Arguments arguments = Arguments.Parse(args);
IEnumerable<Summary> summaries = BenchmarkSwitcher
    .FromAssembly(typeof(Arguments).Assembly)
    .Run(arguments.ForBenchmarkDotNet, arguments.CreateConfig());

return ResultTables.Conclude([.. summaries], arguments.ResultsDirectory);
