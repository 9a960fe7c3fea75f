namespace CloudObserve.Cli.Tests.Filters;

public sealed class FilterExplainCommandTests
{
    [Fact]
    public async Task A_pattern_is_told_in_words()
    {
        CommandRun run = await CommandRun.Of("filter", "explain", "--pattern", "ERROR -retry");

        Assert.Equal(
            new CommandRun(0,
                "Matches events that fulfil all of these:\n  the text \"ERROR\" occurs\n  the text \"retry\" does not occur\n", ""),
            run with { Output = run.Output.ReplaceLineEndings("\n") });
    }

    [Fact]
    public async Task An_invalid_pattern_ends_with_2_and_a_caret_under_the_place()
    {
        CommandRun run = await CommandRun.Of("filter", "explain", "--pattern", "{ $.foo == 1 }");

        Assert.Equal((2, ""), (run.Status, run.Output));
        Assert.StartsWith(
            "cloudobserve: the pattern is invalid at position 9:\n{ $.foo == 1 }\n         ^ expected", run.Error,
            StringComparison.Ordinal);
    }
}
