using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using CloudObserve.Benchmarks;

// BenchmarkDotNet's own options, and "--results DIR": keep the tables there, one file for each area.
Arguments arguments = Arguments.Parse(args);
IEnumerable<Summary> summaries = BenchmarkSwitcher
    .FromAssembly(typeof(Arguments).Assembly)
    .Run(arguments.ForBenchmarkDotNet, arguments.CreateConfig());

return ResultTables.Conclude([.. summaries], arguments.ResultsDirectory);
