using CloudObserve.Audit;
using CloudObserve.Audit.Files;
using CloudObserve.Testing;
using CloudObserve.Tests.Audit.Trails;

namespace CloudObserve.Tests.Audit;

/// <summary>A journal's head without the journal that it is of: copied or published alone, or left when all the rest was deleted.</summary>
public sealed class TrailHeadOriginTests : IDisposable
{
    private readonly TrailDirectory _developer = new();
    private readonly TrailDirectory _production = new();
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 20, 7, 0, 0, TimeSpan.Zero));

    public void Dispose()
    {
        _developer.Dispose();
        _production.Dispose();
    }

    [Fact]
    public async Task A_head_that_was_published_alone_is_said_so_and_the_new_trail_is_intact_and_complete()
    {
        await RunAsync(_developer, records: 5);
        Publish(_developer.Layout.HeadFile, _production.Layout.HeadFile);

        AuditVerification before = await VerifyAsync(_production);
        Assert.Equal((AuditAnswer.Unknown, AuditAnswer.Unknown), (before.Intact, before.Complete));
        Assert.Contains(before.Findings, f => f.Place == "journal/journal.head"
            && f.Message.Contains("written in another directory", StringComparison.Ordinal)
            && f.Message.Contains("copy its whole directory", StringComparison.Ordinal));

        TrailRun run = await RunAsync(_production, records: 2);
        Assert.Contains(run.Observer.Notices, n => n.Contains("the head of another trail", StringComparison.Ordinal));
        AuditVerification after = await VerifyAsync(_production);
        Assert.Empty(after.Findings);
        Assert.Equal((AuditAnswer.Yes, AuditAnswer.Yes, 1L, 3L), (after.Intact, after.Complete, after.FirstSequence, after.LastSequence));
        Assert.Contains(after.Remarks, r => r.Contains("the head of another trail was found", StringComparison.Ordinal));
        _ = Assert.Single(Directory.GetFiles(_production.Layout.JournalDirectory, "foreign-*.head"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_deletes_everything_but_the_head_gets_no_complete_trail(bool isFormer)
    {
        await RunAsync(_production, records: 5);
        byte[] head = await File.ReadAllBytesAsync(_production.Layout.HeadFile);
        DeleteAll(_production.Layout.Directory);
        Directory.CreateDirectory(_production.Layout.JournalDirectory);
        await File.WriteAllBytesAsync(
            isFormer ? _production.Layout.FormerHeadFile : _production.Layout.HeadFile,
            isFormer ? (JournalHead.Read(head)! with { Identity = null }).ToFile() : head);

        AuditVerification before = await VerifyAsync(_production);
        Assert.NotEqual(AuditAnswer.Yes, before.Intact);
        Assert.NotEqual(AuditAnswer.Yes, before.Complete);

        TrailRun run = await RunAsync(_production, records: 2);
        Assert.Contains(run.Observer.Notices,
            n => n.Contains(isFormer ? "or the rest was deleted" : "5 acknowledged records are missing", StringComparison.Ordinal));
        Assert.Equal(AuditAnswer.No, (await VerifyAsync(_production)).Complete);
    }

    [Fact]
    public async Task A_head_of_an_earlier_version_that_was_published_alone_cannot_be_told_from_a_deleted_trail_and_both_are_said()
    {
        Publish(FormerHead(), _production.Layout.FormerHeadFile);

        AuditFinding finding = Assert.Single((await VerifyAsync(_production)).Findings, f => f.Place == "journal/head.json");
        Assert.Contains("copied or published here, or the rest was deleted", finding.Message, StringComparison.Ordinal);

        TrailRun run = await RunAsync(_production, records: 2);
        Assert.Contains(run.Observer.Notices, n => n.Contains("delete the trail's directory and start it again", StringComparison.Ordinal));
        AuditVerification after = await VerifyAsync(_production);
        Assert.Equal((AuditAnswer.Yes, AuditAnswer.No, 1L), (after.Intact, after.Complete, after.FirstSequence));

        // What was said to do helps.
        DeleteAll(_production.Layout.Directory);
        await RunAsync(_production, records: 2);
        AuditVerification anew = await VerifyAsync(_production);
        Assert.Equal((AuditAnswer.Yes, AuditAnswer.Yes), (anew.Intact, anew.Complete));
    }

    [Fact]
    public async Task A_published_head_of_an_earlier_version_beside_the_trails_own_changes_nothing()
    {
        await RunAsync(_production, records: 2);
        Publish(FormerHead(), _production.Layout.FormerHeadFile);

        AuditVerification before = await VerifyAsync(_production);
        Assert.Empty(before.Findings);
        Assert.Contains(before.Remarks, r => r.Contains("journal/head.json is ignored", StringComparison.Ordinal));

        TrailRun run = await RunAsync(_production, records: 2);
        Assert.Contains("the head of another trail", Assert.Single(run.Observer.Notices), StringComparison.Ordinal);
        AuditVerification after = await VerifyAsync(_production);
        Assert.Empty(after.Findings);
        Assert.Equal((AuditAnswer.Yes, AuditAnswer.Yes, 5L), (after.Intact, after.Complete, after.LastSequence));
    }

    [Fact]
    public async Task The_head_of_another_trail_in_place_of_this_ones_is_reported_and_not_taken_for_lost_records()
    {
        await RunAsync(_developer, records: 9);
        await RunAsync(_production, records: 2);
        File.Copy(_developer.Layout.HeadFile, _production.Layout.HeadFile, overwrite: true);

        AuditVerification before = await VerifyAsync(_production);
        Assert.Equal((AuditAnswer.No, AuditAnswer.Yes), (before.Intact, before.Complete));
        Assert.Contains("It is the head of another trail", Assert.Single(before.Findings).Message, StringComparison.Ordinal);

        await RunAsync(_production, records: 2);
        AuditVerification after = await VerifyAsync(_production);
        Assert.Empty(after.Findings);
        Assert.Equal((AuditAnswer.Yes, 5L), (after.Complete, after.LastSequence));
    }

    [Fact]
    public async Task A_directory_that_was_moved_whole_goes_on_and_its_cut_tail_is_still_missing()
    {
        await RunAsync(_developer, records: 3);
        TrailRun crashed = new(_developer, _time);
        for (int i = 0; i < 3; i++)
        {
            await crashed.Trail.RecordAsync(new AuditEvent("Refund"));
        }

        crashed.Signal.Open().Dispose();
        CopyAll(_developer.Layout.Directory, _production.Layout.Directory);
        Assert.Equal((AuditAnswer.Yes, AuditAnswer.Yes),
            ((await VerifyAsync(_production)).Intact, (await VerifyAsync(_production)).Complete));
        await File.WriteAllTextAsync(_production.Layout.ActiveFile, _production.Lines()[0] + "\n");

        Assert.Equal(AuditAnswer.No, (await VerifyAsync(_production)).Complete);
        TrailRun run = await RunAsync(_production, records: 1);
        Assert.Contains(run.Observer.Notices, n => n.Contains("2 acknowledged records are missing", StringComparison.Ordinal));
        Assert.Equal(AuditAnswer.No, (await VerifyAsync(_production)).Complete);
    }

    [Fact]
    public async Task The_number_of_a_trail_that_was_taken_away_is_taken_from_its_head()
    {
        await RunAsync(_production, records: 1);
        string number = await File.ReadAllTextAsync(_production.Layout.IdentityFile);
        File.Delete(_production.Layout.IdentityFile);
        await RunAsync(_production, records: 1);

        Assert.Equal(number, await File.ReadAllTextAsync(_production.Layout.IdentityFile));
        Assert.Matches("^[0-9a-f]{32}\n$", number);
    }

    private string FormerHead()
    {
        using TestTrail trail = TestTrail.WithEverything(isFormer: true);
        string copy = Path.Combine(_developer.Layout.Directory, "head.json");
        File.Copy(trail.Head, copy);
        return copy;
    }

    private static void Publish(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to);
    }

    private static void CopyAll(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            Publish(file, Path.Combine(to, Path.GetRelativePath(from, file)));
        }
    }

    private static void DeleteAll(string directory)
    {
        foreach (FileSystemInfo entry in new DirectoryInfo(directory).EnumerateFileSystemInfos())
        {
            (entry as DirectoryInfo)?.Delete(recursive: true);
            (entry as FileInfo)?.Delete();
        }
    }

    private async Task<TrailRun> RunAsync(TrailDirectory directory, int records)
    {
        TrailRun run = new(directory, _time);
        for (int i = 0; i < records; i++)
        {
            await run.Trail.RecordAsync(new AuditEvent("Refund"));
        }

        await run.StopAsync();
        _time.Advance(TimeSpan.FromMinutes(5));
        return run;
    }

    private Task<AuditVerification> VerifyAsync(TrailDirectory directory) =>
        new AuditTrailVerifier(directory.Layout.Directory, new AuditVerificationOptions { TimeProvider = _time }).VerifyAsync();
}
