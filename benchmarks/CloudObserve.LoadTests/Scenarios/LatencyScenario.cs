using System.Globalization;
using CloudObserve.LoadTests.Calling;
using CloudObserve.LoadTests.Driving;
using CloudObserve.LoadTests.Working;
using CloudObserve.Testing;

namespace CloudObserve.LoadTests.Scenarios;

/// <summary>
/// Measures the latency of calls from their scheduled start, for this library and others, each in a separate process with the same
/// schedule.
/// </summary>
/// <remarks>
/// All libraries convert their events to JSON in the background. This library also redacts them. In the row that says so it sends them,
/// signed, to a service on the same machine that parses them. In another row this library drops its events, as the others do. All have room
/// for about the same number of events. A library that falls further behind loses events, which makes its calls cheap, so losses are
/// reported. The caller's process checks that the ledgers of this library contain all events.
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
            // A separate service for each, so that none is affected by data kept for another.
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
