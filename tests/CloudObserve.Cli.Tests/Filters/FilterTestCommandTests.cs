using System.IO.Compression;
using System.Text;

namespace CloudObserve.Cli.Tests.Filters;

public sealed class FilterTestCommandTests : IDisposable
{
    private const string Access = "127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] \"GET /apache_pb.gif HTTP/1.0\" 200 1534\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudobserve-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Matches_are_JSON_lines_and_the_count_is_on_standard_error()
    {
        CommandRun run = await Test("ERROR one\nfine\nan ERROR \"two\"", "ERROR");

        Assert.Equal(0, run.Status);
        Assert.Equal("{\"line\":1,\"message\":\"ERROR one\"}\n{\"line\":3,\"message\":\"an ERROR \\\"two\\\"\"}\n", run.Output);
        Assert.Equal("2 of 3 events match\n", run.Error);
    }

    [Theory]
    [InlineData("ERROR", 0, "1\n")]
    [InlineData("FATAL", 1, "0\n")]
    [InlineData("-ERROR", 0, "2\n")]
    [InlineData("", 0, "3\n")]
    public async Task Only_the_number_can_be_asked_for(string pattern, int status, string output) =>
        Assert.Equal(new CommandRun(status, output, ""), await Test("a\nERROR\nb\n", pattern, "--count"));

    [Fact]
    public async Task Lines_of_several_files_tell_their_file_and_count_from_1_in_each()
    {
        string one = Write("one.log", "x\nERROR"u8);
        string two = Write("two.log", "ERROR\n"u8);

        CommandRun run = await Test("ERROR\n", "ERROR", one, "-", two);

        Assert.Equal([$"{{\"file\":\"{one}\",\"line\":2,\"message\":\"ERROR\"}}", "{\"file\":\"-\",\"line\":1,\"message\":\"ERROR\"}",
            $"{{\"file\":\"{two}\",\"line\":1,\"message\":\"ERROR\"}}"], run.Lines);
        Assert.Equal("3 of 4 events match\n", run.Error);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_does_not_keep_the_others_from_being_searched()
    {
        string file = Write("one.log", "ERROR\n"u8);

        CommandRun run = await Test("", "ERROR", Path.Combine(_folder.FullName, "gone.log"), file, "--count");

        Assert.Equal((2, "1\n"), (run.Status, run.Output));
        Assert.Contains("gone.log", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pattern_has_a_short_option() =>
        Assert.Equal(new CommandRun(0, "1\n", ""),
            await CommandRun.Of("filter", "test", "-p", "ERROR", "--count", Write("one.log", "x\nERROR"u8)));

    [Fact]
    public async Task A_file_compressed_by_gzip_is_read_whatever_its_name_is()
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write("x\nERROR one\n"u8);
        }

        CommandRun run = await Test("", "ERROR", Write("one.log", compressed.ToArray()), Write("two.log.gz", compressed.ToArray()));

        Assert.Equal((0, "2 of 4 events match\n"), (run.Status, run.Error));
    }

    [Fact]
    public async Task A_damaged_gzip_file_is_named_and_the_others_are_searched()
    {
        CommandRun run = await Test(
            "", "ERROR", Write("bad.gz", [0x1F, 0x8B, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), Write("good.log", "ERROR\n"u8), "--count");

        Assert.Equal((2, "1\n"), (run.Status, run.Output));
        Assert.Contains("bad.gz' is damaged", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_is_refused_by_name()
    {
        CommandRun run = await Test("", "ERROR", _folder.FullName);

        Assert.Equal(2, run.Status);
        Assert.Contains($"'{_folder.FullName}' is a directory.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_may_be_named_like_an_option_behind_two_hyphens()
    {
        CommandRun run = await Test("", "ERROR", "--count", "--", "--not-there.log");

        Assert.Equal((2, "0\n"), (run.Status, run.Output));
        Assert.Contains("--not-there.log", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData("-2.5e1", "-25")]
    [InlineData("$size", "1534")]
    [InlineData("$5", "null")]
    public async Task A_value_is_a_number_or_comes_from_a_field(string value, string shown)
    {
        CommandRun run = await Test(Access, "[..., status = 200, size]", "--value", value);

        Assert.Contains($",\"value\":{shown},\"fields\":{{\"$1\":\"127.0.0.1\",", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"a\":1,\"v\":2.50}", "2.5")]
    [InlineData("{\"a\":1,\"v\":\"2.5\"}", "2.5")]
    [InlineData("{\"a\":1,\"v\":\"two\"}", "null")]
    [InlineData("{\"a\":1,\"v\":null}", "null")]
    [InlineData("{\"a\":1,\"v\":1e999}", "null")]
    [InlineData("{\"a\":1}", "null")]
    public async Task A_referenced_value_that_is_missing_or_no_number_yields_no_datapoint(string message, string shown)
    {
        CommandRun run = await Test(message, "{ $.a = 1 }", "--value", "$.v");

        Assert.EndsWith($",\"value\":{shown}}}\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"a\":\"x\\u00e9\\n\"}", "\"xé\\n\"")]
    [InlineData("{\"a\":7.0}", "\"7.0\"")]
    [InlineData("{\"a\":true}", "\"true\"")]
    [InlineData("{\"a\":null}", "null")]
    [InlineData("{\"b\":1}", "null")]
    public async Task A_dimension_is_the_text_of_a_value(string message, string shown)
    {
        CommandRun run = await Test(message, "{ $.a = * || $.a IS TRUE || $.a IS NULL || $.a NOT EXISTS }", "--dimension", "A=$.a");

        Assert.EndsWith($",\"dimensions\":{{\"A\":{shown}}}}}\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Three_dimensions_stand_in_the_order_in_which_they_are_asked_for()
    {
        CommandRun run = await Test(
            Access, "[ip, id, user, time, request, status, size]", "--dimension", "Z=$user", "--dimension", "A=$status", "--dimension",
            "Q=$request");

        Assert.Contains("\"dimensions\":{\"Z\":\"frank\",\"A\":\"200\",\"Q\":\"GET /apache_pb.gif HTTP/1.0\"},\"fields\":", run.Output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the pattern must use the selector of a dimension", "--dimension", "R=$.region")]
    [InlineData("at most 3 dimensions, not 4", "--dimension", "A=$.a", "--dimension", "B=$.a", "--dimension", "C=$.a", "--dimension",
        "D=$.a")]
    [InlineData("'A' is given twice", "--dimension", "A=$.a", "--dimension", "A=$.a")]
    [InlineData("--dimension must be NAME=$.property", "--dimension", "$.a")]
    [InlineData("--dimension must be NAME=$.property", "--dimension", "=$.a")]
    [InlineData("--dimension must be NAME=$.property", "--dimension", ":A=$.a")]
    [InlineData("--dimension is invalid at position 2:\n$.[\n  ^ ", "--dimension", "A=$.[")]
    [InlineData("--value must be a number", "--value", "much")]
    [InlineData("--value must be a number", "--value", "NaN")]
    [InlineData("--value must be a number", "--value", "5.")]
    [InlineData("--value must be a number", "--value", " 5 ")]
    [InlineData("--value must be a number", "--value", "1e999")]
    [InlineData("--value is invalid at position ", "--value", "$.a[*]")]
    public async Task What_a_metric_filter_would_refuse_is_refused(string message, params string[] options)
    {
        CommandRun run = await Test("{\"a\":1}", "{ $.a = 1 }", options);

        Assert.Equal((2, ""), (run.Status, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pattern_of_terms_has_no_dimensions()
    {
        CommandRun run = await Test("ERROR", "ERROR", "--dimension", "A=$.a");

        Assert.Equal(2, run.Status);
        Assert.Contains("a term pattern has no selectors", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_UTF_8_is_shown_as_replacement_characters()
    {
        string file = Write("bytes.log", [.. "a ÿ "u8, 0xff, .. " b\n"u8]);

        CommandRun run = await Test("", "[a, b, c]", "--dimension", "B=$b", file);

        Assert.Equal(0, run.Status);
        Assert.Contains("\"dimensions\":{\"B\":\"ÿ\"},\"fields\":{\"$a\":\"a\",\"$b\":\"ÿ\",\"$c\":\"\uFFFD b\"}", run.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_too_long_for_an_event_are_passed_over_and_told()
    {
        CommandRun run = await Test(new string('x', 3_000_000) + "\nERROR", "");

        Assert.Equal("{\"line\":2,\"message\":\"ERROR\"}\n", run.Output);
        Assert.Equal("cloudobserve: 1 line was skipped: CloudWatch Logs accepts no event of more than 1048550 bytes\n1 of 1 event matches\n", run.Error);
    }

    [Fact]
    public async Task Nobody_reading_the_output_any_more_ends_the_search_quietly()
    {
        const int BrokenPipe = 32;
        using StringWriter error = new();
        using ClosedPipe pipe = new(new IOException("Broken pipe", BrokenPipe));
        using Trickle endless = new(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("ERROR\n", 1000))), 60);

        int status = await CloudObserveCommand.RunAsync(
            ["filter", "test", "--pattern", "ERROR"], new StandardStreams(endless, pipe, error), CancellationToken.None);

        Assert.Equal((0, ""), (status, error.ToString()));
        Assert.Equal(60, await endless.ReadAsync(new byte[60]));
    }

    private static Task<CommandRun> Test(string input, string pattern, params string[] args) =>
        CommandRun.On(input, ["filter", "test", "--pattern", pattern, .. args]);

    private string Write(string name, ReadOnlySpan<byte> content)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
