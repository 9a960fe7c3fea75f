using CloudObserve.Audit;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Journal;

namespace CloudObserve.Tests.Audit.Journal;

/// <summary>The room behind the journal's lines: there while it is written, never in the way, gone when it is closed.</summary>
public sealed class JournalRoomInUseTests : IDisposable
{
    private readonly TrailDirectory _trail = new();

    public void Dispose() => _trail.Dispose();

    [Fact]
    public async Task Records_fill_room_that_is_there_and_a_closed_journal_has_none()
    {
        using (AuditJournal journal = _trail.Open())
        {
            await journal.AppendAsync(TrailDirectory.Record("First"));
            long length = FileLength();
            Assert.Equal(journal.Length + JournalRoom.Bytes, length);

            await journal.AppendAsync(TrailDirectory.Record("Second"));
            Assert.Equal(length, FileLength());
        }

        Assert.Equal(File.ReadAllText(_trail.Layout.ActiveFile), TrailDirectory.Text(_trail.Layout.ActiveFile));
        _trail.AssertChain();
    }

    [Fact]
    public async Task Room_that_is_used_up_is_made_again()
    {
        using AuditJournal journal = _trail.Open();
        long least = long.MaxValue;
        while (journal.Length < 3 * JournalRoom.Bytes)
        {
            await journal.AppendAsync(TrailDirectory.Record(new string('n', 20_000)));
            least = Math.Min(least, FileLength() - journal.Length);
        }

        Assert.InRange(least, 0, JournalRoom.Bytes - 1);
        _trail.AssertChain();
    }

    [Fact]
    public async Task What_is_handed_over_to_be_sealed_has_no_room()
    {
        using AuditJournal journal = _trail.Open();
        await journal.AppendAsync(TrailDirectory.Record("First"));
        Assert.True(await journal.RotateAsync());

        Assert.EndsWith("\n", File.ReadAllText(_trail.Layout.SealingFile), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Room_that_cannot_be_cut_does_not_keep_lines_from_being_sealed()
    {
        using AuditJournal journal = _trail.Open();
        await journal.AppendAsync(TrailDirectory.Record("First"));
        _trail.Storage.Fail((operation, path) => operation == "cut" && path == _trail.Layout.ActiveFile);
        Assert.True(await journal.RotateAsync());
        _trail.Storage.Heal();

        await journal.AppendAsync(TrailDirectory.Record("Second"));
        Assert.Equal("First", TrailDirectory.Name(TrailDirectory.LinesOf(_trail.Layout.SealingFile).Single()));
        Assert.Equal(["Second"], Names());
        _trail.AssertChain(first: 2);
    }

    [Fact]
    public async Task A_disk_that_has_place_for_records_but_none_for_room_keeps_them()
    {
        using AuditJournal journal = _trail.Open();
        FailEverySecondWrite();
        await journal.AppendAsync(TrailDirectory.Record("First"));
        await journal.AppendAsync(TrailDirectory.Record("Second"));

        Assert.Equal(journal.Length, FileLength());
        Assert.Equal(["First", "Second"], Names());
        _trail.AssertChain();
    }

    [Fact]
    public async Task A_room_half_written_that_cannot_be_cut_either_refuses_the_record()
    {
        using AuditJournal journal = _trail.Open();
        FailEverySecondWrite(alsoCuts: true);
        _ = await Assert.ThrowsAsync<AuditTrailException>(() => journal.AppendAsync(TrailDirectory.Record("Refused")));
        _trail.Storage.Heal();

        await journal.AppendAsync(TrailDirectory.Record("After"));
        Assert.Equal(["After"], Names());
        _trail.AssertChain();
    }

    [Fact]
    public async Task A_process_that_was_killed_leaves_room_in_which_the_next_one_goes_on()
    {
        using AuditJournal killed = _trail.Open();
        await killed.AppendAsync(TrailDirectory.Record("First"));
        long length = FileLength();

        using AuditJournal next = _trail.Open();
        await next.AppendAsync(TrailDirectory.Record("Second"));

        Assert.Equal((0, 0, null), (_trail.Recovered!.CutBytes, _trail.Recovered.MissingRecords, _trail.Recovered.DamagedFile));
        Assert.Equal(length, FileLength());
        Assert.Equal(["First", "Second"], Names());
        _trail.AssertChain();
    }

    [Fact]
    public async Task Of_a_record_that_a_kill_tore_within_the_room_only_its_own_bytes_are_cut()
    {
        _ = await _trail.FillAsync(2);
        File.AppendAllText(_trail.Layout.ActiveFile, "{\"half" + new string(' ', JournalRoom.Bytes));

        using AuditJournal next = _trail.Open();
        await next.AppendAsync(TrailDirectory.Record("After"));

        Assert.Equal((6, null), (_trail.Recovered!.CutBytes, _trail.Recovered.DamagedFile));
        Assert.Equal(3, _trail.Lines().Length);
        _trail.AssertChain();
    }

    private long FileLength() => new FileInfo(_trail.Layout.ActiveFile).Length;

    private string[] Names() => [.. _trail.Lines().Select(TrailDirectory.Name)];

    // A record and the room behind it are two writes.
    private void FailEverySecondWrite(bool alsoCuts = false)
    {
        int writes = 0;
        _trail.Storage.Fail((operation, path) =>
            path == _trail.Layout.ActiveFile && ((operation == "write" && ++writes % 2 == 0) || (alsoCuts && operation == "cut")));
    }
}
