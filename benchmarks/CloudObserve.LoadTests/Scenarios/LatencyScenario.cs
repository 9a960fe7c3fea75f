using System.Globalization;
using CloudObserve.LoadTests.Calling;
using CloudObserve.LoadTests.Driving;
using CloudObserve.LoadTests.Working;
using CloudObserve.Testing;

namespace CloudObserve.LoadTests.Scenarios;

/// <summary>How long callers wait for their calls, measured from when each was to start; ours and its neighbours', each in a process of its own, by the same schedule.</summary>
/// <remarks>
/// All libraries make JSON of their events in the background. Ours also redacts them, and in the row that says so sends them, signed, to a service that runs beside it on the
/// same machine and parses them. The others, and ours in another row, drop what they have made. All have room for about as many events; who falls further behind loses some,
/// which makes calls cheap, so it is told. That ours are all in its books is looked at by the caller's process.
/// </remarks>
internal sealed class LatencyScenario : IScenario
{
    private readonly FigureTable _table = new(
        "Call", "calls a second", "p50 us", "p99 us", "p99.9 us", "max us", "alone p50 us", "alone p99.9 us", "alone max us", "lost");

    public string Name => "latency";

    public async Task<ScenarioResult> RunAsync(Lengths lengths)
    {
        foreach (CalledLibrary library in CalledLibrary.All)
        {
            // A service for each, so that none inherits what another made it keep.
            await using ScriptedCloudWatch aws = ScriptedCloudWatch.Start();
            aws.CreateLogGroup(Worker.LogGroup, Worker.LogStream);
            aws.KeepsAccepted = false;
            int[] rates = [.. lengths.Rates.Select(rate => Math.Min(rate, library.MostRate)).Distinct()];
            foreach (CallerReport report in await CallerProcess.RunAsync(library, aws.Url, lengths.Latency, rates))
            {
                Add(library, report);
            }
        }

        string how = $"from {Caller.Threads} threads, in bursts of a hundredth of a second's calls, from when each call was to start";
        return new ScenarioResult(Name, how, []) { Table = _table.Lines };
    }

    private void Add(CalledLibrary library, CallerReport report) => _table.Add(
        library.Title,
        report.Rate.ToString("#,0", CultureInfo.InvariantCulture),
        FigureTable.Text(report.FromIntended.P50),
        FigureTable.Text(report.FromIntended.P99),
        FigureTable.Text(report.FromIntended.P999),
        FigureTable.Text(report.FromIntended.Max),
        FigureTable.Text(report.FromStarted.P50),
        FigureTable.Text(report.FromStarted.P999),
        FigureTable.Text(report.FromStarted.Max),
        report.Lost.ToString("#,0", CultureInfo.InvariantCulture));
}
