using System.Diagnostics;
using CloudObserve.LoadTests.Working;
using CloudObserve.Testing;

namespace CloudObserve.LoadTests.Scenarios;

/// <summary>
/// Runs a constant load during an outage of the service: first it answers that it is unavailable, then it cuts all connections.
/// </summary>
internal sealed class OutageScenario : IScenario
{
    private const int Events = 5_000;
    private const int Samples = 10_000;

    private static readonly TimeSpan MostToRecover = TimeSpan.FromSeconds(30);

    public string Name => "outage";

    public async Task<ScenarioResult> RunAsync(Lengths lengths)
    {
        await using Stage stage = await Stage.SetAsync(
            Events, Samples, "--CloudObserve:Metrics:PublishInterval=00:00:01",
            $"--CloudObserve:Delivery:Spool:SpillAfter=00:00:{lengths.SpillAfterSeconds:D2}");
        _ = await stage.LoadAsync(lengths.Calm, Events);
        int from = stage.Worker.History.Count;
        stage.Aws.Script.Always = Fault.Unavailable();
        _ = await stage.LoadAsync(lengths.Trouble / 2, Events);
        stage.Aws.Script.Always = Fault.CutBeforeAcceptance();
        WorkerState atEnd = await stage.LoadAsync(lengths.Trouble - (lengths.Trouble / 2), Events);
        WorkerState[] during = [.. stage.Worker.History.Skip(from)];
        stage.Check(atEnd.Logs.Spooled > 0, "nothing was spooled, so the outage was too short to prove anything");
        Flatness.Check(stage, during);
        stage.Figure($"spooled {atEnd.Logs.Spooled} events and {atEnd.Metrics.Spooled} samples");

        await RecoverAsync(stage, atEnd);
        _ = await stage.LoadAsync(lengths.Calm, Events);
        await stage.SettleAsync();
        return stage.End(Name);
    }

    // The load continues meanwhile. Only events written before the service recovered count.
    private static async Task RecoverAsync(Stage stage, WorkerState atEnd)
    {
        stage.Aws.Script.Clear();
        long start = Stopwatch.GetTimestamp();
        _ = await stage.Worker.UntilAsync(
            s => s.Metrics.Delivered >= atEnd.Samples && stage.Arrivals.MissingOf(atEnd.Events) == 0
            && s.Logs.Spooled + s.Metrics.Spooled == 0);
        TimeSpan took = Stopwatch.GetElapsedTime(start);
        stage.Check(took <= MostToRecover, $"recovery took {took.TotalSeconds:0.0} s");
        stage.Figure($"recovered in {took.TotalSeconds:0.0} s");
    }
}
