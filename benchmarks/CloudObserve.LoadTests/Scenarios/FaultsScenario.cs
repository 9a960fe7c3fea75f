using CloudObserve.Testing;

namespace CloudObserve.LoadTests.Scenarios;

/// <summary>Runs a load during which a share of the requests fails, drawn at random with a fixed seed.</summary>
internal sealed class FaultsScenario : IScenario
{
    private const int Events = 5_000;
    private const int Samples = 10_000;
    private const int Seed = 6;

    // More than the number of requests during the load.
    private const int Draws = 100_000;

    private readonly Fault _first;
    private readonly Func<Random, Fault?> _draw;

    private FaultsScenario(string name, Fault first, Func<Random, Fault?> draw) => (Name, _first, _draw) = (name, first, draw);

    internal static FaultsScenario Errors { get; } = new("errors", Fault.Throttle(), random => random.Next(100) switch
    {
        < 30 => Fault.Throttle(),
        < 34 => Fault.InternalError(),
        < 37 => Fault.Unavailable(),
        < 40 => Fault.CutBeforeAcceptance(),
        _ => null,
    });

    internal static FaultsScenario LostAnswers { get; } =
        new("lost-answers", Fault.CutAfterAcceptance(), random => random.Next(100) < 5 ? Fault.CutAfterAcceptance() : null);

    public string Name { get; }

    public async Task<ScenarioResult> RunAsync(Lengths lengths)
    {
        // Small batches, so that there are many requests.
        await using Stage stage = await Stage.SetAsync(
            Events, Samples, "--CloudObserve:Metrics:PublishInterval=00:00:01", "--CloudObserve:Logs:FlushInterval=00:00:00.1");
        _ = await stage.LoadAsync(lengths.Calm, Events);
        Random random = new(Seed);

        // The first request always fails: a slow machine may send too few requests to draw a fault.
        stage.Aws.Script.Enqueue([_first, .. Enumerable.Range(0, Draws).Select(_ => _draw(random))]);
        _ = await stage.LoadAsync(lengths.Trouble, Events);
        int faulty = stage.Aws.Requests.Count(r => r.Fault is not null);
        stage.Check(faulty > 0, "no request went wrong, so nothing is proven");
        stage.Figure($"{faulty} of {stage.Aws.Requests.Count} requests went wrong");
        stage.Aws.Script.Clear();
        await stage.SettleAsync(() => stage.Aws.UnansweredLogEvents, () => stage.Aws.UnansweredSamples);
        stage.Figure($"unanswered {stage.Aws.UnansweredLogEvents} events and {stage.Aws.UnansweredSamples} samples");
        return stage.End(Name);
    }
}
