using System.Diagnostics;
using CloudObserve.LoadTests.Calling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudObserve.LoadTests.Scenarios;

/// <summary>
/// Measures the cost of metrics, logs and an audit trail in an idle application, compared with the same host without them.
/// </summary>
internal sealed class IdleScenario : IScenario
{
    // A tenth of a percent of one processor.
    private const double MostCpu = 0.001;

    public string Name => "idle";

    public async Task<ScenarioResult> RunAsync(Lengths lengths)
    {
        List<string> failures = [];
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        _ = builder.Logging.ClearProviders();
        using IHost bare = builder.Build();
        await bare.StartAsync();
        (double bareCpu, double bareWakes) = await MeasureAsync(lengths);
        await bare.StopAsync();

        await using OurCalled ours = await OurCalled.RecordAsync(null);
        await ours.CallAsync();
        _ = await ours.DrainAsync();
        (double cpu, double wakes) = await MeasureAsync(lengths);
        if (cpu - bareCpu > MostCpu && lengths == Lengths.Full)
        {
            failures.Add(FormattableString.Invariant($"an idle application uses {(cpu - bareCpu) * 100:0.00} % of a processor"));
        }

        return new ScenarioResult(
            Name,
            FormattableString.Invariant(
                $"CPU {cpu * 1000:0.00} ms a second, and {bareCpu * 1000:0.00} of the same host without the library; threads woke {wakes:0.0} and {bareWakes:0.0} times a second"),
            failures);
    }

    private static async Task<(double Cpu, double Wakes)> MeasureAsync(Lengths lengths)
    {
        await Task.Delay(TimeSpan.FromSeconds(lengths.Calm));
        using Process process = Process.GetCurrentProcess();
        (TimeSpan cpu, Dictionary<string, long> before) = (process.TotalProcessorTime, Wakes());
        long start = Stopwatch.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(lengths.Idle));
        long woken = Wakes().Sum(thread => thread.Value - before.GetValueOrDefault(thread.Key));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.Refresh();
        return ((process.TotalProcessorTime - cpu).TotalSeconds / seconds, woken / seconds);
    }

    // The number of voluntary context switches of each thread, as counted by Linux; empty on other systems. It is kept by thread, because
    // the count of a thread is lost when it ends.
    private static Dictionary<string, long> Wakes()
    {
        Dictionary<string, long> wakes = [];
        foreach (string thread in OperatingSystem.IsLinux() ? Directory.EnumerateDirectories("/proc/self/task") : [])
        {
            try
            {
                string count = File.ReadLines(Path.Combine(thread, "status"))
                    .First(static l => l.StartsWith("voluntary_ctxt_switches", StringComparison.Ordinal));
                wakes.Add(thread, long.Parse(count.Split('\t')[^1]));
            }
            catch (IOException)
            {
                // The thread ended meanwhile, and its count is lost.
                continue;
            }
        }

        return wakes;
    }
}
