namespace CloudObserve.Cli.Tests.Events;

public sealed class EventsTestCommandTests : IDisposable
{
    private const string Pattern = """{"detail":{"total":[{"numeric":[">",500]}]}}""";
    private const string Input = "{\"detail\":{\"total\":620}}\n{\"detail\": {\"total\": 30}}\n\n{\"source\":\"shop\"}\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudobserve-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Matching_events_are_printed_as_they_are_and_the_count_is_on_standard_error() => Assert.Equal(
        new CommandRun(0, "{\"detail\":{\"total\":620}}\n", "1 of 3 events matches\n"),
        await CommandRun.On(Input, "events", "test", "--pattern", Pattern));

    [Theory]
    [InlineData("""{"source":["shop"]}""", 0, "1\n")]
    [InlineData("""{"source":["other"]}""", 1, "0\n")]
    public async Task Only_the_number_can_be_asked_for(string pattern, int status, string output) =>
        Assert.Equal(new CommandRun(status, output, ""), await CommandRun.On(Input, "events", "test", "-p", pattern, "--count"));

    [Fact]
    public async Task An_explanation_names_the_first_field_that_did_not_match()
    {
        CommandRun run = await CommandRun.On(Input, "events", "test", "--pattern", Pattern, "--explain");

        Assert.Equal(
            [
                """{"line":1,"match":true}""",
                """{"line":2,"match":false,"reason":"detail.total is 30; expected a number > 500"}""",
                """{"line":4,"match":false,"reason":"detail.total has no value; expected a number > 500"}""",
            ],
            run.Lines);
    }

    [Fact]
    public async Task A_line_that_is_no_event_is_skipped_and_told()
    {
        CommandRun run = await CommandRun.On("plain\n[]\n{\"source\":\"shop\"\n{\"source\":\"shop\"}", "events", "test", "-p",
            """{"source":["shop"]}""");

        Assert.Equal((0, "{\"source\":\"shop\"}\n"), (run.Status, run.Output));
        Assert.StartsWith("cloudobserve: 3 lines were skipped", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invalid_pattern_is_an_error_with_its_position()
    {
        CommandRun run = await CommandRun.On("", "events", "test", "--pattern", """{"source":"shop"}""");

        Assert.Equal((2, ""), (run.Status, run.Output));
        Assert.Contains("invalid at position 11:", run.Error, StringComparison.Ordinal);
        Assert.Contains("^ \"source\" must be an object or an array", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cases_keep_spellings_and_repeated_keys()
    {
        string file = Path.Combine(_folder.FullName, "cases.jsonl");
        await File.WriteAllLinesAsync(
            file,
            [
                """{"id":"value","pattern":{"a":[300]},"event":{"a":3.0e2}}""",
                """{"id":2,"pattern":"{\"a\":[1],\"a\":[2]}","event":"{\"a\":1,\"a\":2}"}""",
                "",
                """{"id":"missing","pattern":{"a":[1]},"event":{"b":1}}""",
                """{"id":"bad","pattern":{"a":[]},"event":{"b":1}}""",
                """{"pattern":{"a":[1]},"event":"{\"a\":"}""",
                """{"id":"half","pattern":"{\"a\":[\"\\ud800\"]}","event":"{\"a\":\"\\uD800\"}"}""",
            ]);

        CommandRun run = await CommandRun.Of("events", "test", "--cases", file);

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Equal(
            [
                """{"id":"value","result":"match"}""",
                """{"id":2,"result":"match"}""",
                """{"id":"missing","result":"no-match","reason":"a has no value; expected 1"}""",
                """{"id":"bad","result":"invalid","reason":"Event pattern is not valid. Reason: Empty arrays are not allowed"}""",
                """{"result":"invalid","reason":"the event is not valid JSON at line 1, byte 6"}""",
                """{"id":"half","result":"match"}""",
            ],
            run.Lines);
    }

    [Fact]
    public async Task A_line_that_is_no_case_is_told_and_the_others_are_evaluated()
    {
        CommandRun run = await CommandRun.On(
            "{\"id\":1,\"event\":{}}\n{\"id\":2,\"pattern\":{\"a\":[1]},\"event\":{\"a\":1}}\n", "events", "test", "--cases", "-");

        Assert.Equal((2, "{\"id\":2,\"result\":\"match\"}\n"), (run.Status, run.Output));
        Assert.Contains("line 1 is not a case: a case must have the member 'pattern'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cases_with_many_levels_are_read_in_time_and_bad_json_is_named_by_its_place()
    {
        string deep = new string('[', 4_000) + new string(']', 4_000);

        CommandRun run = await CommandRun.On(
            $"{{\"id\":1,\"pattern\":{{\"a\":[1]}},\"event\":{deep}}}\n{{\"id\":2,\n", "events", "test", "--cases", "-");

        Assert.StartsWith("{\"id\":1,\"result\":\"invalid\"", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, run.Status);
        Assert.Contains("line 2 is not a case: line 1, byte ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_said_apart_from_lines_that_are_no_events()
    {
        string line = $"{{\"a\":\"{new string('z', 2 * 1024 * 1024)}\"}}\n";

        CommandRun run = await CommandRun.On(line, "events", "test", "-p", "{\"a\":[1]}");

        Assert.StartsWith("cloudobserve: 1 line was skipped: CloudWatch Logs accepts", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("events test", "Option '--pattern' is required.")]
    [InlineData("events test --pattern x --cases y", "cannot be used together")]
    [InlineData("events test --cases y events.log", "'--cases' and FILE cannot be used together")]
    [InlineData("events test --cases y --explain", "'--cases' and '--explain' cannot be used together")]
    [InlineData("filter test --cases y --count", "'--cases' and '--count' cannot be used together")]
    [InlineData("events test --cases gone.jsonl", "there is no file 'gone.jsonl'")]
    public async Task A_faulty_command_line_is_refused(string command, string error)
    {
        CommandRun run = await CommandRun.Of(command.Split(' '));

        Assert.Equal(2, run.Status);
        Assert.Contains(error, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filter_patterns_have_cases_too()
    {
        CommandRun run = await CommandRun.On(
            """
            {"id":"json","pattern":"{ $.a = 1 }","message":{"a":1}}
            {"id":"text","pattern":"ERROR","message":"all fine"}
            {"id":"bad","pattern":"{ $.a = }","message":"x"}
            """,
            "filter", "test", "--cases", "-");

        Assert.Equal(0, run.Status);
        Assert.Equal("""{"id":"json","result":"match"}""", run.Lines[0]);
        Assert.Equal("""{"id":"text","result":"no-match"}""", run.Lines[1]);
        Assert.StartsWith("{\"id\":\"bad\",\"result\":\"invalid\",\"reason\":\"", run.Lines[2], StringComparison.Ordinal);
    }
}
