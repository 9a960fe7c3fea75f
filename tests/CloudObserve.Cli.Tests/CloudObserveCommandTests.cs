namespace CloudObserve.Cli.Tests;

public sealed class CloudObserveCommandTests
{
    [Theory]
    [InlineData("cloudobserve [command]", "--help")]
    [InlineData("cloudobserve filter [command]", "filter", "--help")]
    [InlineData("cloudobserve filter test [<FILE>...]", "filter", "test", "--help")]
    [InlineData("cloudobserve filter explain [options]", "filter", "explain", "--help")]
    [InlineData("cloudobserve filter export <FILE>...", "filter", "export", "--help")]
    [InlineData("cloudobserve cost [options]", "cost", "--help")]
    public async Task Every_command_has_help(string usage, params string[] args)
    {
        CommandRun run = await CommandRun.Of(args);

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains(usage, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cloudobserve [command]")]
    [InlineData("cloudobserve filter [command]", "filter")]
    [InlineData("cloudobserve trail [command]", "trail")]
    public async Task A_command_that_only_groups_others_shows_its_help(string usage, params string[] args)
    {
        CommandRun run = await CommandRun.Of(args);

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains(usage, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Did you mean 'filter'?", "filtr", "test")]
    [InlineData("Did you mean 'verify'?", "trail", "verfy")]
    [InlineData("Did you mean 'test'?", "filter", "tset")]
    [InlineData("there is no file 'none'", "filter", "export", "none")]
    [InlineData("there is no file 'none'", "cost", "--report", "none")]
    [InlineData("there is no file 'none'", "cost", "--prices", "none", "--series", "1")]
    [InlineData("'.' is a directory", "filter", "export", ".")]
    [InlineData("'.' is a directory", "cost", "--report", ".")]
    [InlineData("'.' is a directory", "cost", "--prices", ".", "--series", "1")]
    [InlineData("the name of a file is empty", "filter", "export", "")]
    [InlineData("the name of a file is empty", "cost", "--report", "")]
    [InlineData("the name of a file is empty", "cost", "--prices", "", "--series", "1")]
    [InlineData("--instances must be 1 or more, not 0", "cost", "--series", "1", "--instances", "0")]
    [InlineData("Did you mean '--pattern'?", "filter", "test", "--pattren", "ERROR")]
    [InlineData("Did you mean '--count'?", "filter", "test", "--pattern", "ERROR", "--cuont")]
    [InlineData("it must be a whole number", "trail", "lookup", ".", "--max", "many")]
    [InlineData("'maybe'", "trail", "lookup", ".", "--read-only", "maybe")]
    [InlineData("it must be a number", "cost", "--log-gb", "much")]
    [InlineData("'1,5' is no value of '--log-gb': it must be a number with a decimal point", "cost", "--log-gb", "1,5")]
    [InlineData("'3,5' is no value of '--factor'", "metrics", "anomalies", "f", "--factor", "3,5")]
    [InlineData("'a\uFFFDb'", "metrics", "anomalies", "a\u001bb")]
    [InlineData("Option '--pattern' is required.\nTry 'cloudobserve filter test --help'.", "filter", "test")]
    [InlineData("'--pattern'", "filter", "explain", "--pattern")]
    [InlineData("there is no option '--cuont'", "filter", "test", "--pattern", "ERROR", "--cuont")]
    [InlineData("Unrecognized command or argument 'more'", "filter", "explain", "--pattern", "ERROR", "more")]
    public async Task A_wrong_command_line_ends_with_2_and_says_why_on_standard_error(string message, params string[] args)
    {
        CommandRun run = await CommandRun.Of(args);

        Assert.Equal((2, ""), (run.Status, run.Output));
        Assert.StartsWith("cloudobserve: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_that_cannot_be_written_ends_with_2()
    {
        using StringWriter error = new();
        using ClosedPipe full = new(new IOException("No space left on device"));

        int status = await CloudObserveCommand.RunAsync(
            ["filter", "explain", "--pattern", "ERROR"], new StandardStreams(Stream.Null, full, error), CancellationToken.None);

        Assert.Equal(2, status);
        Assert.Contains("No space left on device", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no file 'none'", "none")]
    [InlineData("'.' is a directory", ".")]
    [InlineData("the name of a file is empty", "")]
    public async Task A_log_file_that_cannot_be_searched_is_named_and_ends_with_2(string message, string file)
    {
        CommandRun run = await CommandRun.Of("filter", "test", "-p", "ERROR", file);

        Assert.Equal((2, ""), (run.Status, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", run.Error, StringComparison.Ordinal);
    }
}
