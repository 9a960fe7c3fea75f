using CloudObserve.Tests.Conventions;

namespace CloudObserve.Tests.Documentation.Running;

public sealed class RunElsewhereTests
{
    [Fact]
    public void Whatever_a_document_shows_is_run_or_says_why_not() => Rule.Holds(
        "A block that nobody runs is wrong one day.",
        RunElsewhere.Violations(CodeBlock.OfDocuments, RunElsewhere.All));

    [Fact]
    public void The_gate_does_what_is_left_to_it()
    {
        string gate = Repository.ReadText(".ci/run");

        Assert.All(RunElsewhere.All.Where(e => e.Reason == RunElsewhere.ByGate),
            e => Assert.Contains(e.Begins.Split(' ')[^1], gate, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("shell", "dotnet publish\n")]
    [InlineData("json", "{ \"a\": 1 }\n")]
    [InlineData("console", "$ ls\n")]
    public void A_planted_block_that_nothing_runs_is_caught(string info, string text) =>
        Rule.Catches("docs/page.md(1): nothing runs '",
            RunElsewhere.Violations(CodeBlock.In("docs/page.md", $"```{info}\n{text}```\n"), []));

    [Theory]
    [InlineData("shell", "dotnet test\n", "dotnet build")]
    [InlineData("csharp", "class A;\n", "class A;")]
    public void A_planted_stale_excuse_is_caught(string info, string text, string begins) => Assert.Contains(
        RunElsewhere.Violations(CodeBlock.In("docs/page.md", $"```{info}\n{text}```\n"), [new("docs/page.md", info, begins, "none")]),
        v => v.Contains("to excuse that begins with", StringComparison.Ordinal));

    [Theory]
    [InlineData("cloudobserve trail verify audit\n", "shell")]
    [InlineData("{ \"CloudObserve\": { } }\n", "json")]
    [InlineData("class A;\n", "csharp")]
    [InlineData("anything\n", "text")]
    public void What_is_run_needs_no_excuse(string text, string info) =>
        Assert.Empty(RunElsewhere.Violations(CodeBlock.In("docs/page.md", $"```{info}\n{text}```\n"), []));
}
