using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using CloudObserve.Benchmarks;
using CloudObserve.Benchmarks.Events;
using CloudObserve.Benchmarks.Report;

// BenchmarkDotNet's own options, and these: "--results DIR" writes the tables to a directory, one file for each area. "--once" uses one
// process for each benchmark instead of two, which takes half the time. "--report" measures nothing; it generates README's table and the
// charts from the results in benchmarks/results below the working directory. "--report --check" checks whether they are current.
// "--events DIR" measures the events a second of sets of rules on the data of a directory.
if (args.Contains("--report"))
{
    return SpeedReport.Run(Environment.CurrentDirectory, checkOnly: args.Contains("--check"));
}

if (args is ["--events", string folder])
{
    return EventStream.Run(folder);
}

Arguments arguments = Arguments.Parse(args);
IEnumerable<Summary> summaries = BenchmarkSwitcher
    .FromAssembly(typeof(Arguments).Assembly)
    .Run(arguments.ForBenchmarkDotNet, arguments.CreateConfig());

return ResultTables.Conclude([.. summaries], arguments.ResultsDirectory);
