using CloudObserve.LoadTests.Working;

namespace CloudObserve.LoadTests.Scenarios;

/// <summary>Runs a high rate for a minute, and checks that nothing is lost and that memory stays within its limits.</summary>
/// <remarks>
/// Older generations must not grow either. If the machine, which also runs the service, cannot keep the rate, the load waits. The reached
/// rate is reported.
/// </remarks>
internal sealed class SteadyScenario : IScenario
{
    private const int Events = 100_000;
    private const int MostInFlight = 24_000;

    // The runtime itself causes a few full collections a minute; more would be caused by the library.
    private const int MostGen2 = 3;
    private const int MostGen1 = 30;
    private const long GenerationSlack = 8L << 20;

    // The defaults of Logs:BufferBytes and Delivery:MaxBufferBytes.
    private const long Configured = (8L << 20) + (64L << 20);

    // In bytes: the additional memory of the runtime, the SDK and the connections under load.
    private const long Overhead = 64L << 20;

    public string Name => "steady";

    public async Task<ScenarioResult> RunAsync(Lengths lengths)
    {
        await using Stage stage = await Stage.SetAsync(Events, 0, $"--mostInFlight={MostInFlight}", "--json=true");
        WorkerState idle = stage.Worker.History.First();
        _ = await stage.LoadAsync(lengths.Calm, Events);
        WorkerState before = await stage.Worker.OrderAsync("mark");
        WorkerState after = await stage.Worker.UntilAsync(s => s.Costs.Clock - before.Costs.Clock >= lengths.Steady);
        double seconds = after.Costs.Clock - before.Costs.Clock;
        stage.Figure($"{(after.Events - before.Events) / seconds:0} of {Events} events/s for {seconds:0} s");
        CheckGenerations(stage, before, after);
        CheckMemory(stage, idle);
        await stage.SettleAsync();
        return stage.End(Name);
    }

    private static void CheckGenerations(Stage stage, WorkerState before, WorkerState after)
    {
        // Both counts include collections of older generations.
        int gen2 = after.Gen2 - before.Gen2;
        int gen1 = after.Costs.Gen1 - before.Costs.Gen1 - gen2;
        double minutes = Math.Max(1, (after.Costs.Clock - before.Costs.Clock) / 60);
        stage.Check(gen2 <= MostGen2 * minutes, $"{gen2} collections of generation 2");
        stage.Check(gen1 <= MostGen1 * minutes, $"{gen1} collections of generation 1");
        long grown = after.Costs.Gen1Bytes + after.Costs.Gen2Bytes - before.Costs.Gen1Bytes - before.Costs.Gen2Bytes;
        stage.Check(grown <= GenerationSlack, $"generations 1 and 2 grew by {grown} bytes");
        stage.Figure($"collections {after.Costs.Gen0 - before.Costs.Gen0 - gen1 - gen2} gen0, {gen1} gen1, {gen2} gen2; gen1 and gen2 {before.Costs.Gen1Bytes + before.Costs.Gen2Bytes >> 10} then {after.Costs.Gen1Bytes + after.Costs.Gen2Bytes >> 10} KiB; GC pauses {after.Costs.Paused - before.Costs.Paused:0} ms, longest {after.Costs.LongestPause:0.0} ms; allocated {(after.Costs.Allocated - before.Costs.Allocated) / (double)(after.Events - before.Events):0} bytes an event; CPU {(after.Costs.CpuSeconds - before.Costs.CpuSeconds) / (after.Events - before.Events) * 1e6:0.0} s a million events");
    }

    private static void CheckMemory(Stage stage, WorkerState idle)
    {
        long peak = stage.Worker.State.Costs.PeakWorkingSet;
        long most = idle.WorkingSet + Configured + Overhead;
        stage.Check(peak <= most, $"memory came to {peak >> 20} MiB, and {most >> 20} are allowed");
        stage.Figure($"memory {idle.WorkingSet >> 20} MiB at start, {peak >> 20} at most, {most >> 20} allowed");
    }
}
