using System.Diagnostics;
using CloudObserve.LoadTests.Working;

namespace CloudObserve.LoadTests.Scenarios;

/// <summary>Runs a high rate for a long time without disturbance, to find leaks.</summary>
internal sealed class SoakScenario : IScenario
{
    private const int Events = 50_000;
    private const int Samples = 10_000;

    // A machine that cannot keep the rate writes fewer events, instead of losing them because the buffer is full.
    private const int MostInFlight = 24_000;

    public string Name => "soak";

    public async Task<ScenarioResult> RunAsync(Lengths lengths)
    {
        await using Stage stage =
            await Stage.SetAsync(Events, Samples, $"--mostInFlight={MostInFlight}", "--CloudObserve:Metrics:PublishInterval=00:00:01");
        _ = await stage.LoadAsync(lengths.Calm, Events);
        int from = stage.Worker.History.Count;
        long start = Stopwatch.GetTimestamp();
        WorkerState before = stage.Worker.State;
        WorkerState after = await stage.LoadAsync(lengths.Soak, Events);
        double rate = (after.Events - before.Events) / Stopwatch.GetElapsedTime(start).TotalSeconds;
        WorkerState[] during = [.. stage.Worker.History.Skip(from)];
        stage.Figure($"{rate:0} events/s");
        Flatness.Check(stage, during);
        await stage.SettleAsync();
        return stage.End(Name);
    }
}
