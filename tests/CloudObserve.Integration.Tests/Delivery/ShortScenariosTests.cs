using CloudObserve.LoadTests.Scenarios;

namespace CloudObserve.Integration.Tests.Delivery;

/// <summary>The scenarios of the load tests, shortened.</summary>
[Collection(UnderLoad.Name)]
public sealed class ShortScenariosTests
{
    [Fact]
    public Task An_outage_under_load_loses_nothing_and_is_made_up_for() => PlayAsync(new OutageScenario());

    [Fact]
    public Task Throttling_errors_and_resets_under_load_lose_nothing() => PlayAsync(FaultsScenario.Errors);

    [Fact]
    public Task Lost_answers_lose_nothing_and_double_nothing_but_their_own_content() => PlayAsync(FaultsScenario.LostAnswers);

    [Fact]
    public Task A_steady_load_leaves_memory_handles_and_threads_flat() => PlayAsync(new SoakScenario());

    [Fact]
    public Task Writers_that_never_rest_lose_nothing() => PlayAsync(new SaturationScenario());

    [Fact]
    public Task A_high_steady_rate_grows_no_generation_and_keeps_within_the_configured_memory() => PlayAsync(new SteadyScenario());

    [Fact]
    public Task Calls_by_a_schedule_are_all_in_the_books() => PlayAsync(new LatencyScenario());

    [Fact]
    public Task Attacks_lose_nothing_and_hold_up_nobody() => PlayAsync(new AttacksScenario());

    private static async Task PlayAsync(IScenario scenario)
    {
        ScenarioResult result = await scenario.RunAsync(Lengths.Short);
        Assert.True(result.Passed, result.ToString());
    }
}
