using System.Globalization;
using CloudObserve.LoadTests.Working;
using CloudObserve.Testing;

namespace CloudObserve.LoadTests.Scenarios;

/// <summary>
/// Measures the largest throughput without loss, from the call to the service's answer, with its cost in the process and its billed
/// quantities.
/// </summary>
/// <remarks>
/// The service shares the machine with the worker and parses every event, so the rate is that of both together. The processor time is that
/// of the worker alone.
/// </remarks>
internal sealed class SaturationScenario : IScenario
{
    private const double Million = 1e6;

    // Several batches, but fewer events than the default buffer for log events holds, so that none is lost because the buffer is full.
    private const int MostInFlight = 24_000;

    private readonly FigureTable _table = new(
        "Load", "a second", "CPU s a million", "service's CPU s a million", "bytes allocated each", "GC pauses ms a s", "longest ms",
        "requests a million", "wire bytes a million");

    public string Name => "saturation";

    public async Task<ScenarioResult> RunAsync(Lengths lengths)
    {
        await using Stage stage = await Stage.SetAsync(
            0, 0, "--CloudObserve:Metrics:PublishInterval=00:00:01", $"--mostInFlight={MostInFlight}", "--json=true");
        stage.IsOrdered = false;
        foreach (string kind in (string[])["events", "samples"])
        {
            _ = await stage.Worker.OrderAsync($"saturate-{kind} {lengths.Calm} {lengths.Writers[^1]}");
            foreach (int writers in lengths.Writers)
            {
                await MeasureAsync(stage, kind, writers, lengths.Saturation);
            }
        }

        stage.Figure($"peak memory {stage.Worker.State.Costs.PeakWorkingSet >> 20} MiB");
        await stage.SettleAsync();
        return stage.End(Name, _table);
    }

    private async Task MeasureAsync(Stage stage, string kind, int writers, int seconds)
    {
        WorkerState before = await stage.Worker.OrderAsync("mark");
        int requestsBefore = stage.Aws.Requests.Count;
        double serviceBefore = Environment.CpuUsage.TotalTime.TotalSeconds;
        WorkerState after = await stage.Worker.OrderAsync($"saturate-{kind} {seconds} {writers}");
        double service = Environment.CpuUsage.TotalTime.TotalSeconds - serviceBefore;
        ReceivedRequest[] requests =
            [.. stage.Aws.Requests.Skip(requestsBefore).Where(r => r.Operation == (kind == "events" ? "PutLogEvents" : "PutMetricData"))];
        double millions = (after.Events + after.Samples - before.Events - before.Samples) / Million;
        double time = after.Costs.Clock - before.Costs.Clock;
        stage.Check(millions > 0, $"no {kind} were written");
        _table.Add(
            string.Create(CultureInfo.InvariantCulture, $"{kind}, {writers} writing"),
            FigureTable.Text(millions * Million / time),
            FigureTable.Text((after.Costs.CpuSeconds - before.Costs.CpuSeconds) / millions),
            FigureTable.Text(service / millions),
            FigureTable.Text((after.Costs.Allocated - before.Costs.Allocated) / millions / Million),
            FigureTable.Text((after.Costs.Paused - before.Costs.Paused) / time),
            FigureTable.Text(after.Costs.LongestPause),
            FigureTable.Text(requests.Length / millions),
            FigureTable.Text(requests.Sum(r => (long)r.WireBytes) / millions));
    }
}
