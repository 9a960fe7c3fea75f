using CloudObserve.LoadTests.Scenarios;

namespace CloudObserve.Integration.Tests.Measuring;

public sealed class LoadResultsTests
{
    [Fact]
    public void A_run_replaces_its_own_section_and_leaves_the_others()
    {
        string text = LoadResults.With("", "outage", "first\n\n| a |\n| --- |");
        text = LoadResults.With(text, "soak", "second");
        text = LoadResults.With(text, "outage", "third");
        Assert.EndsWith("\n\n## outage\n\nthird\n\n## soak\n\nsecond\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("| a |", text, StringComparison.Ordinal);
        Assert.Equal(text, LoadResults.With(text, "soak", "second"));
    }

    [Fact]
    public void A_run_that_broke_a_promise_is_not_kept()
    {
        string directory = Path.Combine(Path.GetTempPath(), $"load-{Guid.NewGuid():N}");
        LoadResults.Keep(directory, new ScenarioResult("soak", "figures", ["lost"]), isShort: true);
        Assert.False(Directory.Exists(directory));
    }
}
