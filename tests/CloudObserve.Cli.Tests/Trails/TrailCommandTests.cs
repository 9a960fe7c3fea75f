using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CloudObserve.Testing;

namespace CloudObserve.Cli.Tests.Trails;

public sealed class TrailCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudobserve-");
    private readonly List<string> _lines = [];
    private string _previousHash = new('0', 64);

    private string Journal => Path.Combine(_folder.FullName, "journal", "active.jsonl");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Events_are_a_table_of_at_most_120_columns()
    {
        Record("RefundOrder", "ann", "order/4711", error: "AccessDenied");
        Record("ChangePriceOfAllProductsInTheWholeCatalogue", "a-user-with-a-very-long-name@example.com", "product/"
            + new string('9', 200));
        Record("漢字漢字漢字漢字漢字漢字漢字漢字", "\u001b[31mred\u202e\n", "x");

        CommandRun run = await CommandRun.OnTerminal("trail", "lookup", _folder.FullName);

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Equal(4, run.Lines.Length);
        Assert.Equal("TIME                 EVENT                  PHASE   USER             RESOURCE               FROM            ERROR",
            run.Lines[0]);
        Assert.Contains("漢字漢字漢字漢字漢字… ", run.Lines[1], StringComparison.Ordinal);
        Assert.Contains("\uFFFD[31mred\uFFFD\uFFFD", run.Lines[1], StringComparison.Ordinal);
        Assert.Contains("ChangePriceOfAllProdu… -       a-user-with-a-v… product/9999999999999… ", run.Lines[2], StringComparison.Ordinal);
        Assert.Equal("2026-11-20T08:00:01Z RefundOrder            -       ann              order/4711             203.0.113.7     AccessDenied", run.Lines[3]);
        Assert.All(run.Lines, line => Assert.InRange(line.Length, 1, 120));
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Fact]
    public async Task Nothing_is_cut_when_nobody_looks_or_when_it_is_asked_for()
    {
        string resource = "product/" + new string('9', 200);
        Record("ChangePriceOfAllProductsInTheWholeCatalogue", "a-user-with-a-very-long-name@example.com", resource);

        CommandRun piped = await CommandRun.Of("trail", "lookup", _folder.FullName);
        CommandRun wide = await CommandRun.OnTerminal("trail", "lookup", _folder.FullName, "--wide");

        Assert.Contains("ChangePriceOfAllProductsInTheWholeCatalogue", piped.Output, StringComparison.Ordinal);
        Assert.Contains("a-user-with-a-very-long-name@example.com", piped.Output, StringComparison.Ordinal);
        Assert.Contains(resource, piped.Output, StringComparison.Ordinal);
        Assert.Equal(piped.Output, wide.Output);
    }

    [Fact]
    public async Task Intent_and_outcome_are_told_apart()
    {
        Record("RefundOrder", "ann", "order/1", phase: "intent");
        Record("RefundOrder", "ann", "order/1", phase: "outcome");
        Record("LockUser", "ann", "user/1");

        CommandRun run = await CommandRun.Of("trail", "lookup", _folder.FullName);

        Assert.Equal(["-", "outcome", "intent"], run.Lines[1..].Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2]));
    }

    [Fact]
    public async Task Following_prints_what_is_recorded_afterwards_until_it_is_ended()
    {
        Record("First", "ann", "order/1");
        Record("Second", "ann", "order/2");
        Record("Passed", "bob", "order/3");
        ManualTimeProvider time = new(DateTimeOffset.UnixEpoch);
        using CancellationTokenSource interrupt = new();
        using LineOutput output = new();
        using StringWriter error = new();
        Task<int> run = CloudObserveCommand.RunAsync(
            ["trail", "lookup", _folder.FullName, "--follow", "--user", "ann", "--json"],
            new StandardStreams(Stream.Null, output, error) { Time = time },
            interrupt.Token);

        Assert.Equal(_lines[..2], [await output.ReadAsync(), await output.ReadAsync()]);
        Record("Third", "ann", "order/4");
        Record("Passed", "bob", "order/5");
        await PollAsync(time);
        Assert.Equal(_lines[3], await output.ReadAsync());

        // What is sealed meanwhile is neither missed nor printed twice.
        Record("Fourth", "ann", "order/6");
        Seal();
        await PollAsync(time);
        Assert.Equal(_lines[5], await output.ReadAsync());
        await PollAsync(time);
        await PollAsync(time);
        Assert.True(output.IsEmpty);
        await interrupt.CancelAsync();

        Assert.Equal((130, ""), (await run, error.ToString()));
    }

    [Fact]
    public async Task Records_come_as_they_are_when_JSON_is_asked_for()
    {
        Record("RefundOrder", "ann", "order/1");
        Record("RefundOrder", "zoë", "order/2");

        CommandRun run = await CommandRun.Of("trail", "lookup", _folder.FullName, "--json", "--max", "1");

        Assert.Equal([_lines[1]], run.Lines);
        Assert.Equal("the newest 1 event; there may be more, see --max\n", run.Error);
    }

    [Theory]
    [InlineData(2, "--event-name", "RefundOrder")]
    [InlineData(1, "--event-name", "RefundOrder", "--user", "ann")]
    [InlineData(1, "--resource", "7", "--resource-type", "Shop::Order")]
    [InlineData(3, "--source", "shop", "--read-only", "false")]
    [InlineData(1, "--access-key", "AKzoe")]
    [InlineData(1, "--event-id", "id-3")]
    [InlineData(2, "--since", "2026-11-20T08:00:02Z")]
    [InlineData(2, "--until", "2026-11-20T08:00:02Z")]
    [InlineData(3, "--since", "2026-11-20", "--until", "2026-11-21")]
    [InlineData(0, "--since", "1m", "--until", "2020-01-01")]
    public async Task Events_are_found_by_what_is_asked_for(int found, params string[] options)
    {
        Record("RefundOrder", "ann", "order/7");
        Record("RefundOrder", "zoe", "order/8");
        Record("LockUser", "ann", "user/9");

        CommandRun run = await CommandRun.Of(["trail", "lookup", _folder.FullName, "--json", .. options]);

        Assert.Equal((found > 0 ? 0 : 1, found, ""), (run.Status, run.Lines.Length, run.Error));
    }

    [Theory]
    [InlineData("there is no directory", "trail", "lookup", "gone")]
    [InlineData("--since must be a time", "trail", "lookup", ".", "--since", "yesterday")]
    [InlineData("--max must be 1 or more", "trail", "lookup", ".", "--max", "0")]
    [InlineData("Required argument missing", "trail", "lookup")]
    public async Task A_wrong_search_ends_with_2(string message, params string[] args)
    {
        CommandRun run = await CommandRun.Of(args);

        Assert.Equal((2, ""), (run.Status, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no directory", "trail", "verify", "gone")]
    [InlineData("--from must be a time", "trail", "verify", ".", "--from", "99999999999d")]
    [InlineData("Required argument missing", "trail", "verify")]
    [InlineData("--public-key", "trail", "verify", ".", "--public-key")]
    public async Task What_cannot_be_verified_ends_with_3_and_never_with_a_verdict(string message, params string[] args)
    {
        CommandRun run = await CommandRun.Of(args);

        Assert.Equal((3, ""), (run.Status, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_exit_status_is_the_verdict()
    {
        Record("RefundOrder", "ann", "order/1");
        Record("RefundOrder", "zoe", "order/2");
        CommandRun whole = await CommandRun.Of("trail", "verify", _folder.FullName);
        Assert.Equal((0, ""), (whole.Status, whole.Error));
        Assert.StartsWith(
            "intact:   yes\ncomplete: yes\nread:     2 records (1 to 2), 0 sealed files; 0 digests verified\n", whole.Output,
            StringComparison.Ordinal);

        await File.WriteAllTextAsync(Journal, _lines[0] + "\n");
        CommandRun cut = await CommandRun.Of("trail", "verify", _folder.FullName);
        Assert.Equal(2, cut.Status);
        Assert.Contains("not complete:\n  missing journal/active.jsonl, record 2\n    The end of the trail is cut off", cut.Output,
            StringComparison.Ordinal);

        await File.WriteAllTextAsync(Journal, _lines[0].Replace("ann", "bob", StringComparison.Ordinal) + "\n" + _lines[1] + "\n");
        CommandRun changed = await CommandRun.Of("trail", "verify", _folder.FullName);
        Assert.Equal(1, changed.Status);
        Assert.Contains("not intact:\n  changed journal/active.jsonl, record 1", changed.Output, StringComparison.Ordinal);

        Directory.Delete(Path.Combine(_folder.FullName, "journal"), recursive: true);
        Assert.Equal(3, (await CommandRun.Of("trail", "verify", _folder.FullName)).Status);
    }

    [Fact]
    public async Task One_record_is_told_in_the_singular()
    {
        Record("RefundOrder", "ann", "order/1");

        CommandRun run = await CommandRun.Of("trail", "verify", _folder.FullName);

        Assert.Contains("read:     1 record (1 to 1), 0 sealed files; 0 digests verified\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("No digest vouches for 1 record yet; the hash chain from record to record and the journal's head hold it.",
            run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Against_a_kept_digest_that_is_none_it_cannot_be_told()
    {
        Record("RefundOrder", "ann", "order/1");
        string kept = Path.Combine(_folder.FullName, "kept.json.gz");
        await File.WriteAllTextAsync(kept, "nonsense");

        CommandRun run = await CommandRun.Of("trail", "verify", _folder.FullName, "--since-digest", kept);

        Assert.Equal(3, run.Status);
        Assert.Contains("It cannot be read as a digest", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_verdict_comes_as_JSON_too()
    {
        await RecordAndCutAsync();

        CommandRun run = await CommandRun.Of("trail", "verify", _folder.FullName, "--json");

        JsonElement verdict = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal((2, "yes", "no"),
            (run.Status, verdict.GetProperty("intact").GetString(), verdict.GetProperty("complete").GetString()));
        JsonElement finding = verdict.GetProperty("findings").EnumerateArray().Single();
        Assert.Equal(
            ("missing", "record", "journal/active.jsonl", 2),
            (finding.GetProperty("kind").GetString(), finding.GetProperty("subject").GetString(), finding.GetProperty("place")
                .GetString(), finding.GetProperty("sequence").GetInt64()));
    }

    [Fact]
    public async Task A_closed_pipe_does_not_change_the_verdict()
    {
        await RecordAndCutAsync();
        using StringWriter error = new();
        using ClosedPipe pipe = new(new IOException("Broken pipe", 32));

        Assert.Equal(2, await CloudObserveCommand.RunAsync(
            ["trail", "verify", _folder.FullName], new StandardStreams(Stream.Null, pipe, error), CancellationToken.None));
    }

    [Fact]
    public async Task A_damaged_file_is_told_and_ends_with_2()
    {
        Record("RefundOrder", "ann", "order/1");
        string folder = Path.Combine(_folder.FullName, "AWSLogs", "123456789012", "CloudTrail", "eu-west-1", "2026", "11", "19");
        Directory.CreateDirectory(folder);
        using (GZipStream file = new(
            File.Create(Path.Combine(folder, "123456789012_CloudTrail_eu-west-1_20261119T0800Z_0123456789abcdef.json.gz")),
            CompressionLevel.Fastest))
        {
            file.Write("nonsense"u8);
        }

        CommandRun run = await CommandRun.Of("trail", "lookup", _folder.FullName);

        Assert.Equal((2, 2), (run.Status, run.Lines.Length));
        Assert.Contains("_0123456789abcdef.json.gz cannot be read to its end; events may be missing", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Lets the command look once more.</summary>
    private static async Task PollAsync(ManualTimeProvider time)
    {
        while (time.ActiveTimers == 0)
        {
            await Task.Yield();
        }

        time.Advance(TimeSpan.FromSeconds(1));
    }

    /// <summary>Moves the journal's lines into a sealed file.</summary>
    private void Seal()
    {
        string folder = Path.Combine(_folder.FullName, "AWSLogs", "123456789012", "CloudTrail", "eu-west-1", "2026", "11", "20");
        Directory.CreateDirectory(folder);
        using (GZipStream file = new(
            File.Create(Path.Combine(folder, "123456789012_CloudTrail_eu-west-1_20261120T0801Z_0123456789abcdef.json.gz")),
            CompressionLevel.Fastest))
        {
            file.Write(Encoding.UTF8.GetBytes($$"""{"Records":[{{string.Join(',', _lines)}}]}"""));
        }

        File.Delete(Journal);
    }

    private Task RecordAndCutAsync()
    {
        Record("RefundOrder", "ann", "order/1");
        Record("RefundOrder", "ann", "order/2");
        return File.WriteAllTextAsync(Journal, _lines[0] + "\n");
    }

    // Decision 0004: a line a record, chained by hashes, and the newest one in the head.
    private void Record(string name, string user, string resource, string? error = null, string? phase = null)
    {
        int sequence = _lines.Count + 1;
        string line = $$$$"""{"eventVersion":"1.11","userIdentity":{"type":"IAMUser","userName":{{{{JsonSerializer.Serialize(user)}}}},"accessKeyId":"AK{{{{JsonEncodedText.Encode(user)}}}}"},"eventTime":"2026-11-20T08:00:0{{{{sequence}}}}Z","eventSource":"shop","eventName":"{{{{name}}}}","sourceIPAddress":"203.0.113.7",{{{{(error is null ? "" : $"\"errorCode\":\"{error}\",")}}}}"eventID":"id-{{{{sequence}}}}","readOnly":false,"resources":[{"ARN":"{{{{resource}}}}","type":"Shop::Order"}],"eventCategory":"Management","additionalEventData":{"trail":{"sequence":{{{{sequence}}}},"previousHash":"{{{{_previousHash}}}}"}{{{{(phase is null ? "" : $$""","action":{"id":"1","phase":"{{phase}}"}""")}}}}}}""";
        _lines.Add(line);
        _previousHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));
        Directory.CreateDirectory(Path.GetDirectoryName(Journal)!);
        File.AppendAllText(Journal, line + "\n");
        File.WriteAllText(
            Path.Combine(_folder.FullName, "journal", "journal.head"),
            string.Create(CultureInfo.InvariantCulture, $"{{\"sequence\":{sequence},\"hash\":\"{_previousHash}\"}}").PadRight(127) + "\n");
    }
}
