using System.Text;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Journal;

namespace CloudObserve.Tests.Audit.Journal;

public sealed class JournalRecoveryTests : IDisposable
{
    private readonly TrailDirectory _trail = new();

    public void Dispose() => _trail.Dispose();

    [Fact]
    public async Task Whatever_was_not_acknowledged_yet_is_cut_at_every_byte_of_the_last_two_lines()
    {
        string[] lines = await _trail.FillAsync(4);
        byte[] whole = File.ReadAllBytes(_trail.Layout.ActiveFile);
        int acknowledged = Encoding.UTF8.GetByteCount(lines[0]) + Encoding.UTF8.GetByteCount(lines[1]) + 2;
        int third = acknowledged + Encoding.UTF8.GetByteCount(lines[2]) + 1;
        TrailHead head = new(2, RecordHash.Of(Encoding.UTF8.GetBytes(lines[1])));
        for (int length = acknowledged; length <= whole.Length; length++)
        {
            File.WriteAllBytes(_trail.Layout.ActiveFile, whole[..length]);
            File.WriteAllBytes(_trail.Layout.HeadFile, new JournalHead(head).ToFile());

            using AuditJournal journal = _trail.Open();

            int kept = length == whole.Length ? whole.Length : length >= third ? third : acknowledged;
            Assert.Equal(kept, new FileInfo(_trail.Layout.ActiveFile).Length);
            Assert.Equal((length - kept, 0, null),
                (_trail.Recovered!.CutBytes, _trail.Recovered.MissingRecords, _trail.Recovered.DamagedFile));
        }
    }

    [Fact]
    public async Task After_a_cut_the_chain_goes_on_without_a_gap()
    {
        _ = await _trail.FillAsync(3);
        File.AppendAllText(_trail.Layout.ActiveFile, "{\"half");
        using AuditJournal journal = _trail.Open();
        await journal.AppendAsync(TrailDirectory.Record("After"));

        Assert.Equal(4, _trail.Lines().Length);
        _trail.AssertChain();
    }

    [Fact]
    public async Task A_group_torn_in_its_middle_by_power_loss_is_no_damage()
    {
        _ = await _trail.FillAsync(3);
        byte[] torn = File.ReadAllBytes(_trail.Layout.ActiveFile);
        string[] lines = _trail.Lines();
        int first = Encoding.UTF8.GetByteCount(lines[0]) + 1;
        Array.Clear(torn, first + 20, 100);
        File.WriteAllBytes(_trail.Layout.ActiveFile, torn);
        File.WriteAllBytes(
            _trail.Layout.HeadFile, new JournalHead(new TrailHead(1, RecordHash.Of(Encoding.UTF8.GetBytes(lines[0])))).ToFile());

        using AuditJournal journal = _trail.Open();

        Assert.Equal((torn.Length - first, null), (_trail.Recovered!.CutBytes, _trail.Recovered.DamagedFile));
        _trail.AssertChain();
    }

    [Fact]
    public async Task An_acknowledged_tail_that_was_cut_at_any_byte_leaves_a_gap_that_stays_visible()
    {
        string[] lines = await _trail.FillAsync(3);
        byte[] whole = File.ReadAllBytes(_trail.Layout.ActiveFile);
        byte[] head = File.ReadAllBytes(_trail.Layout.HeadFile);
        int kept = Encoding.UTF8.GetByteCount(lines[0]) + 1;
        File.WriteAllBytes(_trail.Layout.ActiveFile, whole[..kept]);
        using AuditJournal journal = _trail.Open();
        await journal.AppendAsync(TrailDirectory.Record("After"));

        Assert.Equal((2L, null), (_trail.Recovered!.MissingRecords, _trail.Recovered.DamagedFile));
        Assert.True(TrailStamp.TryRead(Encoding.UTF8.GetBytes(_trail.Lines()[1]), out TrailStamp stamp));
        Assert.Equal(new TrailStamp(4, JournalHead.Read(head)!.Newest.Hash), stamp);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_changed_acknowledged_line_is_kept_as_evidence_and_sealed_as_it_is(int changed)
    {
        string[] lines = await _trail.FillAsync(3);
        lines[changed] = lines[changed].Replace("Action", "Forged", StringComparison.Ordinal);
        string forged = string.Join('\n', lines) + "\n";
        File.WriteAllText(_trail.Layout.ActiveFile, forged);
        TrailHead head = _trail.Head();

        using AuditJournal journal = _trail.Open();
        await journal.AppendAsync(TrailDirectory.Record("After"));

        Assert.Equal(forged, File.ReadAllText(_trail.Recovered!.DamagedFile!));
        Assert.Equal(forged, File.ReadAllText(_trail.Layout.SealingFile));
        Assert.True(TrailStamp.TryRead(Encoding.UTF8.GetBytes(_trail.Lines().Single()), out TrailStamp stamp));
        Assert.Equal(new TrailStamp(4, head.Hash), stamp);
    }

    [Fact]
    public async Task What_is_no_json_any_more_stays_in_the_evidence_only()
    {
        string[] lines = await _trail.FillAsync(3);
        string spoilt = $"{lines[0]}\n{lines[1][..50]}\n{lines[2]}\n";
        File.WriteAllText(_trail.Layout.ActiveFile, spoilt);
        using AuditJournal journal = _trail.Open();

        Assert.Equal(spoilt, File.ReadAllText(_trail.Recovered!.DamagedFile!));
        Assert.Equal([lines[0], lines[2]], File.ReadAllLines(_trail.Layout.SealingFile));
        Assert.Equal(1, _trail.Recovered.DamageAfter);
    }

    [Fact]
    public async Task A_journal_rewritten_with_a_valid_chain_differs_from_its_head()
    {
        _ = await _trail.FillAsync(3);
        byte[] head = File.ReadAllBytes(_trail.Layout.HeadFile);
        File.Delete(_trail.Layout.ActiveFile);
        File.Delete(_trail.Layout.HeadFile);
        using (AuditJournal forger = _trail.Open())
        {
            for (int i = 0; i < 3; i++)
            {
                await forger.AppendAsync(TrailDirectory.Record("Forged"));
            }
        }

        File.WriteAllBytes(_trail.Layout.HeadFile, head);
        using AuditJournal journal = _trail.Open();
        Assert.NotNull(_trail.Recovered!.DamagedFile);
    }

    [Fact]
    public async Task A_head_that_power_loss_took_back_or_away_is_no_damage()
    {
        string[] lines = await _trail.FillAsync(3);
        File.WriteAllBytes(
            _trail.Layout.HeadFile, new JournalHead(new TrailHead(1, RecordHash.Of(Encoding.UTF8.GetBytes(lines[0])))).ToFile());
        using (AuditJournal behind = _trail.Open())
        {
            Assert.Equal((0, 0, null), (_trail.Recovered!.CutBytes, _trail.Recovered.MissingRecords, _trail.Recovered.DamagedFile));
            await behind.AppendAsync(TrailDirectory.Record("After"));
        }

        File.Delete(_trail.Layout.HeadFile);
        using AuditJournal without = _trail.Open();
        await without.AppendAsync(TrailDirectory.Record("AfterThat"));
        Assert.Equal(5, _trail.Lines().Length);
        _trail.AssertChain();
    }

    [Fact]
    public async Task The_chain_goes_on_behind_sealed_files_when_the_journal_is_empty_and_lines_sealed_already_are_dropped()
    {
        string[] lines = await _trail.FillAsync(2);
        File.Move(_trail.Layout.ActiveFile, _trail.Layout.SealingFile);
        File.Delete(_trail.Layout.HeadFile);
        TrailHead newest = new(2, RecordHash.Of(Encoding.UTF8.GetBytes(lines[1])));

        RecoveredJournal recovered = new JournalRecovery(_trail.Storage, _trail.Layout, TimeProvider.System).Run(newest, hasFiles: true);

        Assert.Equal(newest, recovered.Head);
        Assert.False(File.Exists(_trail.Layout.SealingFile));
    }
}
