using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace CloudObserve.Cli.Tests.Logs;

public sealed class LogsQueryCommandTests : IDisposable
{
    private const string Shop = """
        {"ts":"2026-03-01T10:00:05.000Z","lvl":"INFO","user":"ann","ms":120}
        {"ts":"2026-03-01T10:01:10.000Z","lvl":"ERROR","user":"bob","ms":900}
        2026-03-01T10:12:30.000Z user=eve took 45 ms
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudobserve-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Json_is_one_array_of_objects_with_the_fields_of_the_query()
    {
        string file = Write("shop.log", Shop);

        CommandRun run = await CommandRun.Of("logs", "query", "filter lvl = \"ERROR\" | fields @timestamp, ms, nope, user", file,
            "--format", "json");

        Assert.Equal(0, run.Status);
        using JsonDocument rows = JsonDocument.Parse(run.Output);
        JsonElement row = Assert.Single(rows.RootElement.EnumerateArray());
        Assert.Equal(["@timestamp", "ms", "user", "@ptr"], row.EnumerateObject().Select(static member => member.Name));
        Assert.Equal("2026-03-01 10:01:10.000", row.GetProperty("@timestamp").GetString());
        Assert.Equal("900", row.GetProperty("ms").GetString());
        Assert.Equal("1 row; 1 of 3 events matched, 181 bytes\n", run.Error);
    }

    [Theory]
    [InlineData("table", "n  lvl\n-  -----\n1  INFO\n1  ERROR\n")]
    [InlineData("csv", "n,lvl\n1,INFO\n1,ERROR\n")]
    [InlineData("lines", "1\tINFO\n1\tERROR\n")]
    public async Task Rows_have_other_forms(string format, string expected)
    {
        string file = Write("shop.log", Shop);

        CommandRun run = await CommandRun.Of("logs", "query", "filter ispresent(lvl) | stats count(*) as n by lvl", file, "--format",
            format);

        Assert.Equal((0, expected), (run.Status, run.Output));
    }

    [Fact]
    public async Task The_range_includes_its_whole_last_second()
    {
        CommandRun run = await CommandRun.On(
            Shop.Replace("05.000Z", "05.999Z", StringComparison.Ordinal),
            "logs", "query", "fields user", "--from", "1772359200", "--to", "2026-03-01T10:00:05Z", "--format", "lines");

        Assert.Equal((0, "ann\n"), (run.Status, run.Output));
    }

    [Fact]
    public async Task No_row_and_an_invalid_query_have_statuses_of_their_own()
    {
        CommandRun none = await CommandRun.On(Shop, "logs", "query", "filter lvl = \"FATAL\"", "--format", "json");
        CommandRun invalid = await CommandRun.On(Shop, "logs", "query", "filter lvl == 1");
        CommandRun missing = await CommandRun.Of("logs", "query", "limit 1", Path.Combine(_folder.FullName, "none.log"));

        Assert.Equal((1, "[]\n"), (none.Status, none.Output));
        Assert.Equal((2, ""), (invalid.Status, invalid.Output));
        Assert.Contains("position 12", invalid.Error, StringComparison.Ordinal);
        Assert.Equal(2, missing.Status);
    }

    [Fact]
    public async Task A_missing_file_is_named_and_the_others_are_read()
    {
        string file = Write("shop.log", Shop);

        CommandRun run = await CommandRun.Of("logs", "query", "stats count(*) as n", "none.log", file, "--format", "lines");

        Assert.Equal((2, "3\n"), (run.Status, run.Output));
        Assert.StartsWith("cloudobserve: there is no file 'none.log'\n", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-05:00")]
    public async Task A_time_that_is_none_costs_no_event(string time)
    {
        string[] lines = ["{\"timestamp\":\"2026-03-01T10:00:00Z\"}", $"{{\"timestamp\":\"{time}\"}}", $"{time} text", "{\"n\":4}"];

        CommandRun run = await CommandRun.On(string.Join('\n', lines), "logs", "query", "stats count(*) as n", "--format", "lines");

        Assert.Equal((0, "4\n"), (run.Status, run.Output));
    }

    [Fact]
    public async Task Texts_that_functions_make_are_bounded()
    {
        string line = new('x', 1_000_000);

        CommandRun run = await CommandRun.On(
            line, "logs", "query", "fields concat(@message, @message, @message, @message, @message) as a | fields strlen(a) as n");
        CommandRun replaced = await CommandRun.On(
            line, "logs", "query", $"fields strlen(replace(@message, 'x', '{new string('y', 1_000)}')) as n");
        CommandRun matched = await CommandRun.On(
            line, "logs", "query", "fields strlen(regexReplace(@message, 'x', 'yyyyyyyyyyyyyyyy')) as n");

        Assert.All([run, replaced, matched], r => Assert.Equal(2, r.Status));
        Assert.Contains("a function makes a text of 5000000 characters: at most 4194304 are allowed", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_format_that_is_unknown_is_refused_in_plain_words()
    {
        CommandRun run = await CommandRun.Of("logs", "query", "limit 1", "--format", "xml");

        Assert.Equal(2, run.Status);
        Assert.Contains("option '--format': it is not one of the values.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_holds_plain_files_gzip_and_records_of_CloudTrail()
    {
        _ = Write("a.log", Shop);
        WriteGzip("b.json.gz",
            "{\"Records\":[{\"eventTime\":\"2026-03-01T11:00:00Z\",\"eventName\":\"PutObject\"},{\"eventName\":\"GetObject\"}]}");
        _ = Write("journal/active.jsonl", "{\"eventTime\":\"2026-03-01T12:00:00Z\",\"eventName\":\"Refund\"}\n          ");

        CommandRun run = await CommandRun.Of(
            "logs", "query", "filter ispresent(eventName) | fields @timestamp, eventName", _folder.FullName, "--format", "lines");

        Assert.Equal("2026-03-01 12:00:00.000\tRefund\n2026-03-01 11:00:00.000\tPutObject\n\tGetObject\n", run.Output);
    }

    [Fact]
    public async Task A_pattern_names_files_and_a_field_names_the_time()
    {
        _ = Write("1.log", "{\"a\":1,\"meta\":{\"at\":1772359205}}\n");
        _ = Write("2.log", "{\"a\":2,\"meta\":{\"at\":1772359206123}}\n");

        CommandRun run = await CommandRun.Of(
            "logs", "query", "fields @timestamp, a", Path.Combine(_folder.FullName, "*.log"), "--timestamp", "meta.at", "--format",
                "lines");

        Assert.Equal("2026-03-01 10:00:06.123\t2\n2026-03-01 10:00:05.000\t1\n", run.Output);
    }

    [Fact]
    public async Task A_damaged_file_is_told_and_the_others_are_read()
    {
        string good = Write("good.log", Shop);
        string damaged = Path.Combine(_folder.FullName, "damaged.gz");
        await File.WriteAllBytesAsync(damaged, [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]);

        CommandRun run = await CommandRun.Of("logs", "query", "stats count(*) as n", good, damaged, "--format", "lines");

        Assert.Equal((2, "3\n"), (run.Status, run.Output));
        Assert.Contains("damaged.gz' cannot be read to its end", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_is_told_without_reading()
    {
        CommandRun run = await CommandRun.Of("logs", "query", "filter lvl = \"ERROR\" | stats count(*) by bin(5m)", "--explain");

        Assert.Equal(0, run.Status);
        Assert.Contains("reads the JSON fields lvl, and no others", run.Lines);
    }

    [Fact]
    public async Task A_large_file_is_read_in_parts_without_loss()
    {
        string file = Path.Combine(_folder.FullName, "large.log");
        await using (StreamWriter writer = new(file))
        {
            // Three parts; each event has a second line without a time.
            string filler = new('x', 4_000);
            for (int i = 0; i < 12_000; i++)
            {
                await writer.WriteAsync($"2026-03-01T10:{i / 60 % 60:D2}:{i % 60:D2}Z n={i}\n  at {filler}\n");
            }
        }

        CommandRun run = await CommandRun.Of(
            "logs", "query", "parse \"n=*\" as n | stats count(*) as c, count_distinct(n) as d, count(@timestamp) as t", file, "--format",
                "lines");

        Assert.Equal("24000\t12000\t24000\n", run.Output);
    }

    private string Write(string name, string text)
    {
        string file = Path.Combine(_folder.FullName, name);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    private void WriteGzip(string name, string text)
    {
        using GZipStream gzip = new(File.Create(Path.Combine(_folder.FullName, name)), CompressionLevel.Fastest);
        gzip.Write(Encoding.UTF8.GetBytes(text));
    }
}
