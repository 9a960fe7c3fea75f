using CloudObserve.Audit;
using CloudObserve.Audit.Journal;
using CloudObserve.Delivery;
using CloudObserve.Testing;
using CloudObserve.Tests.Pipeline.Delivery;

namespace CloudObserve.Tests.Audit.Journal;

public sealed class AuditJournalTests : IDisposable
{
    private readonly TrailDirectory _trail = new();

    public void Dispose() => _trail.Dispose();

    [Fact]
    public async Task A_record_is_in_the_file_when_its_writer_is_answered()
    {
        using AuditJournal journal = _trail.Open();
        await journal.AppendAsync(TrailDirectory.Record("First"));
        Assert.Equal(["First"], Names());

        await journal.AppendAsync(TrailDirectory.Record("Second"));
        Assert.Equal(["First", "Second"], Names());
        _trail.AssertChain();
        AssertBooks(accepted: 2, delivered: 2);
    }

    [Fact]
    public async Task Sixteen_writers_leave_one_unbroken_chain_in_which_each_ones_records_are_in_its_order()
    {
        const int Writers = 16;
        const int Records = 60;
        using AuditJournal journal = _trail.Open();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(async () =>
        {
            for (int i = 0; i < Records; i++)
            {
                await journal.AppendAsync(TrailDirectory.Record($"{w}-{i}"));
            }
        })));

        _trail.AssertChain();
        string[] names = Names();
        Assert.Equal(Writers * Records, names.Distinct().Count());
        for (int w = 0; w < Writers; w++)
        {
            Assert.Equal(Enumerable.Range(0, Records)
                .Select(i => $"{w}-{i}"), names.Where(n => n.StartsWith($"{w}-", StringComparison.Ordinal)));
        }

        AssertBooks(Writers * Records, Writers * Records);
    }

    [Fact]
    public async Task Writers_that_come_while_the_disk_is_busy_share_one_flush()
    {
        using AuditJournal journal = _trail.Open();
        using ManualResetEventSlim disk = new();
        using SemaphoreSlim busy = new(0);
        _trail.Storage.Hold(busy, disk);
        List<Task> writers = [journal.AppendAsync(TrailDirectory.Record("First"))];
        await busy.WaitAsync();
        writers.AddRange(Enumerable.Range(0, 10).Select(i => journal.AppendAsync(TrailDirectory.Record($"{i}"))));
        Assert.All(writers, w => Assert.False(w.IsCompleted));
        disk.Set();
        await Task.WhenAll(writers);

        Assert.Equal(2, _trail.Storage.Operations.Count(o => o == "flush active.jsonl"));
        _trail.AssertChain();
    }

    [Fact]
    public async Task A_writer_that_does_not_come_back_is_not_waited_for_even_when_the_clock_stands_still()
    {
        // The flush takes an hour, so the next group would be waited for the longest, and from then on no time passes.
        ManualTimeProvider time = new();
        using AuditJournal journal = _trail.Open(time: time);
        _trail.Storage.Before = (operation, _) => time.Advance(operation == "flush" ? TimeSpan.FromHours(1) : TimeSpan.Zero);
        await journal.AppendAsync(TrailDirectory.Record("First"));
        await LoopFixture.Until(() => journal.Gauges.Requests == 0);

        await journal.AppendAsync(TrailDirectory.Record("Second"));
        Assert.Equal(["First", "Second"], Names());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(200)]
    [InlineData(100_000)]
    public async Task A_full_disk_fails_the_caller_and_leaves_no_half_line(int bytesTaken)
    {
        using AuditJournal journal = _trail.Open();
        await journal.AppendAsync(TrailDirectory.Record("Before"));
        _trail.Storage.NextWriteTakes = bytesTaken;

        AuditTrailException exception =
            await Assert.ThrowsAsync<AuditTrailException>(() => journal.AppendAsync(TrailDirectory.Record("Refused")));
        Assert.Contains("No space left", exception.Message, StringComparison.Ordinal);
        _trail.AssertChain();

        await journal.AppendAsync(TrailDirectory.Record("After"));
        Assert.Equal(["Before", "After"], Names());
        _trail.AssertChain();
        AssertBooks(accepted: 3, delivered: 2);
        Assert.Equal(1, _trail.Ledger.Snapshot().Lost[LossReason.StorageFailed]);
    }

    [Fact]
    public async Task A_file_that_could_neither_be_written_nor_cut_back_is_left_behind()
    {
        using AuditJournal journal = _trail.Open();
        await journal.AppendAsync(TrailDirectory.Record("Before"));
        _trail.Storage.NextWriteTakes = 10;
        Fail("cut");
        _ = await Assert.ThrowsAsync<AuditTrailException>(() => journal.AppendAsync(TrailDirectory.Record("Refused")));
        _ = await Assert.ThrowsAsync<AuditTrailException>(() => journal.AppendAsync(TrailDirectory.Record("RefusedAgain")));
        Fail("");

        await journal.AppendAsync(TrailDirectory.Record("After"));
        Assert.Equal(["Before", "After"], Names());
        _trail.AssertChain();
    }

    [Fact]
    public async Task After_a_failed_flush_what_was_acknowledged_moves_to_a_fresh_file()
    {
        using AuditJournal journal = _trail.Open();
        await journal.AppendAsync(TrailDirectory.Record("Before"));
        Fail("flush");
        _ = await Assert.ThrowsAsync<AuditTrailException>(() => journal.AppendAsync(TrailDirectory.Record("Refused")));
        Fail("");
        _trail.Storage.Operations.Clear();

        await journal.AppendAsync(TrailDirectory.Record("After"));

        Assert.Contains("move active.jsonl", _trail.Storage.Operations);
        Assert.Contains("flush active.jsonl.tmp", _trail.Storage.Operations);
        Assert.Equal(["Before", "After"], Names());
        _trail.AssertChain();
    }

    [Fact]
    public async Task A_lost_directory_is_an_immediate_failure_and_is_not_made_anew()
    {
        using AuditJournal journal = _trail.Open();
        await journal.AppendAsync(TrailDirectory.Record("Before"));
        Directory.Delete(_trail.Layout.Directory, recursive: true);

        _ = await Assert.ThrowsAsync<AuditTrailException>(() => journal.AppendAsync(TrailDirectory.Record("Refused")));
        AuditTrailException gone =
            await Assert.ThrowsAsync<AuditTrailException>(() => journal.AppendAsync(TrailDirectory.Record("RefusedAgain")));
        Assert.Contains(_trail.Layout.Directory, gone.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_trail.Layout.Directory));

        _ = Directory.CreateDirectory(_trail.Layout.Directory);
        await journal.AppendAsync(TrailDirectory.Record("After"));
        Assert.Equal(["Before", "After"], Names());
        _trail.AssertChain();
    }

    [Fact]
    public async Task A_journal_that_somebody_else_appends_to_is_noticed_at_once()
    {
        using AuditJournal journal = _trail.Open();
        await journal.AppendAsync(TrailDirectory.Record("Before"));
        File.AppendAllText(_trail.Layout.ActiveFile, new string('x', 5000));

        AuditTrailException mixed =
            await Assert.ThrowsAsync<AuditTrailException>(() => journal.AppendAsync(TrailDirectory.Record("Refused")));
        Assert.Contains("Another process changed", mixed.Message, StringComparison.Ordinal);
        await journal.AppendAsync(TrailDirectory.Record("After"));
        Assert.Equal(["Before", "After"], Names());
    }

    [Fact]
    public async Task Best_effort_never_fails_its_caller_and_books_what_is_lost()
    {
        using AuditJournal journal = _trail.Open(maxWaiting: 2);
        using ManualResetEventSlim disk = new();
        using SemaphoreSlim busy = new(0);
        _trail.Storage.Hold(busy, disk);
        journal.Post(TrailDirectory.Record("Writing"));
        await busy.WaitAsync();
        for (int i = 0; i < 5; i++)
        {
            journal.Post(TrailDirectory.Record($"{i}"));
        }

        disk.Set();
        await journal.FlushAsync();
        Assert.Equal(["Writing", "0", "1"], Names());
        Assert.Equal(3, _trail.Ledger.Snapshot().Lost[LossReason.BufferFull]);
        AssertBooks(accepted: 6, delivered: 3);
    }

    [Fact]
    public async Task A_closed_journal_keeps_what_it_has_and_refuses_the_rest()
    {
        using AuditJournal journal = _trail.Open();
        Task last = journal.AppendAsync(TrailDirectory.Record("Last"));
        await journal.CloseAsync();
        Assert.True(last.IsCompletedSuccessfully);
        _ = await Assert.ThrowsAsync<AuditTrailException>(() => journal.AppendAsync(TrailDirectory.Record("Late")));
        Assert.Equal(["Last"], Names());
        Assert.Equal(1, _trail.Ledger.Snapshot().Lost[LossReason.Closed]);
    }

    [Fact]
    public async Task Rotation_goes_on_with_the_chain_in_a_new_file_and_waits_for_the_last_one_to_be_sealed()
    {
        using AuditJournal journal = _trail.Open();
        Assert.False(await journal.RotateAsync());
        await journal.AppendAsync(TrailDirectory.Record("First"));
        Assert.True(await journal.RotateAsync());
        await journal.AppendAsync(TrailDirectory.Record("Second"));
        Assert.False(await journal.RotateAsync());

        Assert.Equal(["Second"], Names());
        Assert.Single(File.ReadAllLines(_trail.Layout.SealingFile));
        _trail.AssertChain(first: 2);
    }

    [Theory]
    [InlineData("open", "active.jsonl.tmp")]
    [InlineData("move", "sealing.jsonl")]
    [InlineData("move", "active.jsonl")]
    public async Task A_rotation_that_fails_anywhere_loses_and_repeats_nothing(string operation, string file)
    {
        using AuditJournal journal = _trail.Open();
        await journal.AppendAsync(TrailDirectory.Record("First"));
        _trail.Storage.Fail((o, path) => o == operation && Path.GetFileName(path) == file);
        _ = await Assert.ThrowsAsync<IOException>(journal.RotateAsync);
        _trail.Storage.Heal();

        await journal.AppendAsync(TrailDirectory.Record("Second"));
        string[] all = [.. File.Exists(_trail.Layout.SealingFile) ? File.ReadAllLines(_trail.Layout.SealingFile) : [], .. _trail.Lines()];
        Assert.Equal(["First", "Second"], all.Select(TrailDirectory.Name));
    }

    private void Fail(string operation) => _trail.Storage.Fail((o, _) => o == operation);

    private string[] Names() => [.. _trail.Lines().Select(TrailDirectory.Name)];

    private void AssertBooks(long accepted, long delivered)
    {
        LedgerSnapshot books = _trail.Ledger.Snapshot();
        Assert.Equal((accepted, delivered, 0), (books.Accepted, books.Delivered, books.InFlight));
    }
}
