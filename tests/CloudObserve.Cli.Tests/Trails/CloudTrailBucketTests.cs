namespace CloudObserve.Cli.Tests.Trails;

/// <summary>The procedure of docs/cli.md for a copy of a bucket of CloudTrail's, and what is found in copies of any kind.</summary>
public sealed class CloudTrailBucketTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);

    private readonly CloudTrailBucket _bucket = new();

    public void Dispose() => _bucket.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_copy_with_the_newest_signature_saved_is_intact_and_complete(bool isMetadata)
    {
        Fill();
        if (isMetadata)
        {
            _bucket.SaveMetadata();
        }
        else
        {
            _bucket.SaveSignature();
        }

        CommandRun run = await VerifyAsync();

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.StartsWith(
            "intact:   yes\ncomplete: yes\nread:     3 records, 3 sealed files; 3 digests verified", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("not of the trail", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_newest_signature_it_cannot_be_told_of_that_digest_alone()
    {
        Fill();

        CommandRun run = await VerifyAsync();

        Assert.Equal(3, run.Status);
        Assert.StartsWith("intact:   cannot tell\ncomplete: yes\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 digests verified", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, run.Output.Split("unverifiable ").Length - 1);
    }

    [Fact]
    public async Task Digests_for_late_files_are_a_chain_of_their_own()
    {
        Fill();
        _bucket.SaveMetadata();
        _ = _bucket.Deliver(Start.AddMinutes(7));
        _ = _bucket.Digest(Start, Start.AddHours(1), isBackfill: true);
        _ = _bucket.Deliver(Start.AddMinutes(130));
        string newest = _bucket.Digest(Start.AddHours(2), Start.AddHours(3), isBackfill: true);

        CommandRun unsaved = await VerifyAsync();
        _bucket.SaveMetadata(isBackfill: true);
        CommandRun saved = await VerifyAsync();

        Assert.Equal((3, 0), (unsaved.Status, saved.Status));
        Assert.Contains($"unverifiable {newest}", unsaved.Output, StringComparison.Ordinal);
        Assert.Contains("5 digests verified", saved.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_late_file_without_its_backfill_digest_cannot_be_verified()
    {
        Fill();
        _bucket.SaveMetadata();
        string late = _bucket.Deliver(Start.AddMinutes(7));

        CommandRun run = await VerifyAsync();

        Assert.Equal(3, run.Status);
        Assert.StartsWith("intact:   cannot tell\n", run.Output, StringComparison.Ordinal);
        Assert.Contains($"unverifiable {late}", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("added AWSLogs", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_behind_the_compressed_content_are_reported()
    {
        (string log, string digest) = Fill();
        _bucket.SaveMetadata();
        _bucket.Append(log, "hidden"u8);
        _bucket.Append(digest, "hidden"u8);

        CommandRun run = await VerifyAsync();

        Assert.Equal(1, run.Status);
        Assert.Contains($"changed {log}", run.Output, StringComparison.Ordinal);
        Assert.Contains($"changed {digest}", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_file_is_not_intact()
    {
        (string log, _) = Fill();
        _bucket.SaveMetadata();
        byte[] file = _bucket.Read(log);
        string other = _bucket.Deliver(Start.AddMinutes(20));
        _bucket.Write(log, _bucket.Read(other));
        File.Delete(Path.Combine(_bucket.Root, other));

        CommandRun run = await VerifyAsync();

        Assert.NotEmpty(file);
        Assert.Equal(1, run.Status);
        Assert.Contains($"changed {log}", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("account")]
    [InlineData("flat")]
    [InlineData("plain")]
    [InlineData("prefix")]
    public async Task Events_are_found_in_copies_of_any_kind(string kind)
    {
        string[] keys = [_bucket.Deliver(Start), _bucket.Deliver(Start.AddMinutes(5))];
        using CloudTrailBucket copy = new();
        foreach (string key in keys)
        {
            byte[] file = _bucket.Read(key);
            string name = Path.GetFileName(key);
            copy.Write(
                kind switch { "account" => key["AWSLogs/".Length..], "prefix" => "my/copy/" + key, "plain" => name[..^3], _ => name },
                kind == "plain" ? CloudTrailBucket.Decompress(file) : file);
        }

        CommandRun run = await CommandRun.Of("trail", "lookup", copy.Root, "--user", "ann");
        CommandRun page = await CommandRun.Of("trail", "lookup", copy.Root, "--json", "--max", "1");

        Assert.Equal((0, 3, ""), (run.Status, run.Lines.Length, run.Error));
        Assert.Contains("\"eventID\":\"2\"", Assert.Single(page.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "no file at all")]
    [InlineData("notes/readme.txt", "1 other file, such as notes/readme.txt")]
    public async Task A_directory_in_which_nothing_is_recognized_is_no_answer(string? file, string found)
    {
        if (file is not null)
        {
            _bucket.Write(file, [1]);
        }

        CommandRun run = await CommandRun.Of("trail", "lookup", _bucket.Root, "--user", "ann");
        CommandRun followed = await CommandRun.Of("trail", "lookup", _bucket.Root, "--follow");

        Assert.Equal((2, ""), (run.Status, run.Output));
        Assert.Contains("nothing in '", run.Error, StringComparison.Ordinal);
        Assert.Contains("looked for: journal/active.jsonl", run.Error, StringComparison.Ordinal);
        Assert.Contains(found, run.Error, StringComparison.Ordinal);
        Assert.Equal((2, run.Error), (followed.Status, followed.Error));
    }

    /// <summary>Three hours of a bucket, a file in each.</summary>
    private (string Log, string Digest) Fill()
    {
        string log = _bucket.Deliver(Start.AddMinutes(5));
        string digest = _bucket.Digest(Start, Start.AddHours(1));
        _ = _bucket.Deliver(Start.AddMinutes(65));
        _ = _bucket.Digest(Start.AddHours(1), Start.AddHours(2));
        _ = _bucket.Deliver(Start.AddMinutes(125));
        _ = _bucket.Digest(Start.AddHours(2), Start.AddHours(3));
        _bucket.SaveKeys();
        return (log, digest);
    }

    private Task<CommandRun> VerifyAsync() => CommandRun.Of("trail", "verify", _bucket.Root, "--public-key", _bucket.KeysFile);
}
