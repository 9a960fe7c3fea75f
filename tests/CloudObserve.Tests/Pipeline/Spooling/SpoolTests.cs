using CloudObserve.Delivery;
using CloudObserve.Pipeline.Spooling;
using CloudObserve.Tests.Pipeline.Delivery;

namespace CloudObserve.Tests.Pipeline.Spooling;

/// <summary>A delivery loop with a spool: what goes to disk, when it comes back, and what the books say meanwhile.</summary>
public sealed class SpoolTests : SpoolTestBase
{
    [Fact]
    public async Task Nothing_touches_the_disk_while_all_is_well()
    {
        IsDown = false;
        LoopFixture fixture = Start();
        fixture.Enqueue(Batches.Of("a"));
        await fixture.Close();

        Assert.False(Directory.Exists(SpoolPath));
        fixture.AssertBooks(1);
    }

    [Fact]
    public async Task At_the_deadline_what_is_left_goes_to_disk_and_the_next_process_delivers_it()
    {
        LoopFixture fixture = Start();
        for (int i = 0; i < 20; i++)
        {
            fixture.Enqueue(Batches.Of($"a{i}", $"b{i}"));
        }

        await CloseAtOnce(fixture);
        LedgerSnapshot first = fixture.Ledger.Snapshot();
        Assert.Equal((40, 0, 0, 40, 40L), (first.Accepted, first.Delivered, first.TotalLost, first.InFlight, first.Spooled));
        EndProcess();

        IsDown = false;
        LoopFixture second = Start();
        await second.Drive(LoopFixture.Until(() => second.Ledger.Snapshot().Delivered == 40));
        await second.Close();

        second.AssertBooks(40);
        Assert.Equal(Enumerable.Range(0, 20).SelectMany(i => new[] { $"a{i}", $"b{i}" }).Order(), Sink.Taken.Order());
        Assert.Empty(Files());
    }

    [Fact]
    public async Task A_full_buffer_spools_the_oldest_and_replays_it_when_the_destination_is_back()
    {
        LoopFixture fixture = Start(new DeliveryOptions { MaxBufferBytes = 2 * 1024 * 1024, MaxConcurrentRequests = 2 });
        string big = new('x', 200_000);
        for (int i = 0; i < 40; i++)
        {
            fixture.Enqueue(Batches.Of($"{i}{big}"));
        }

        await LoopFixture.Until(() => fixture.Loop.Gauges.WaitingBytes <= 2 * 1024 * 1024 && fixture.Loop.Gauges.Spool.Batches > 20);
        Assert.Equal(0, fixture.Ledger.Snapshot().TotalLost);
        IsDown = false;
        await fixture.Drive(LoopFixture.Until(() => fixture.Ledger.Snapshot().Delivered == 40));
        await fixture.Close();

        fixture.AssertBooks(40);
        Assert.Equal(40, Sink.Taken.Distinct().Count());
        Assert.Empty(Files());
    }

    [Fact]
    public async Task What_waits_longer_than_the_spill_time_lies_on_disk_and_a_flush_does_not_wait_for_it()
    {
        LoopFixture fixture = Start(new DeliveryOptions { Spool = { SpillAfter = TimeSpan.FromSeconds(10) } });
        for (int i = 0; i < 12; i++)
        {
            fixture.Enqueue(Batches.Of($"a{i}"));
        }

        Task flush = fixture.Flush();
        await fixture.Drive(flush);

        Assert.Equal(12, Files().Length);
        Assert.Equal(12, fixture.Ledger.Snapshot().Spooled);
        Assert.True(fixture.Time.GetUtcNow() >= Batches.Start.AddSeconds(9));

        // As a crash would: nothing is closed, and what the next process finds is what lies on disk.
        EndProcess();
        IsDown = false;
        LoopFixture second = Start();
        await second.Drive(LoopFixture.Until(() => second.Ledger.Snapshot().Delivered == 12));
        await second.Close();
        second.AssertBooks(12);
    }

    [Fact]
    public async Task A_spool_that_is_full_loses_its_oldest_and_counts_it()
    {
        LoopFixture fixture = Start(new DeliveryOptions { Spool = { MaxBytes = 1024 * 1024 } });
        string big = new('x', 300_000);
        for (int i = 0; i < 8; i++)
        {
            fixture.Enqueue(Batches.Make([$"{i}{big}"], createdAt: Batches.Start.AddSeconds(i)));
        }

        await CloseAtOnce(fixture);
        LedgerSnapshot books = fixture.Ledger.Snapshot();
        Assert.Equal((3L, 5L, 5L), (books.Spooled, books.Lost[LossReason.SpoolFull], books.TotalLost));
        Assert.Equal(3, Files().Length);
        EndProcess();

        IsDown = false;
        LoopFixture second = Start();
        await second.Drive(LoopFixture.Until(() => second.Ledger.Snapshot().Delivered == 3));
        await second.Close();
        Assert.Equal(["5", "6", "7"], Sink.Taken.Select(t => t[..1]).Order());
    }

    [Fact]
    public async Task A_damaged_file_is_set_aside_and_counted_and_the_others_are_delivered()
    {
        LoopFixture fixture = Start();
        fixture.Enqueue(Batches.Of("a", "b"));
        fixture.Enqueue(Batches.Of("c"));
        await CloseAtOnce(fixture);
        EndProcess();
        string damaged = Files().Single(f => f.EndsWith("-2.batch", StringComparison.Ordinal));
        File.WriteAllText(damaged, "not a batch");
        string stranger = Path.Combine(Path.GetDirectoryName(damaged)!, "README");
        File.WriteAllText(stranger, "left alone");

        IsDown = false;
        LoopFixture second = Start();
        await second.Drive(LoopFixture.Until(() => second.Ledger.Snapshot().InFlight == 0));
        await second.Close();

        second.AssertBooks(1, (LossReason.SpoolDamaged, 2));
        Assert.True(File.Exists(stranger));
        Assert.True(File.Exists(damaged + ".damaged"));
    }

    [Fact]
    public async Task A_spool_that_cannot_be_written_costs_what_it_would_have_kept_and_says_why()
    {
        // A file where the directory should be: nobody can write below it, not even root.
        File.WriteAllText(SpoolPath, "");
        LoopFixture fixture = Start();
        fixture.Enqueue(Batches.Of("a"));
        await CloseAtOnce(fixture);

        LedgerSnapshot books = fixture.Ledger.Snapshot();
        Assert.Equal((1L, 0L), (books.Lost[LossReason.ShutdownDeadline], books.InFlight));
        Assert.Contains(fixture.Events.Incomplete, e => e.Contains("memory only", StringComparison.Ordinal));
        File.Delete(SpoolPath);
        Directory.CreateDirectory(SpoolPath);
    }

    [Fact]
    public async Task A_spool_that_is_removed_meanwhile_loses_what_lay_in_it_and_is_made_again()
    {
        LoopFixture fixture = Start(new DeliveryOptions { MaxBufferBytes = 2 * 1024 * 1024, MaxConcurrentRequests = 1 });
        string big = new('x', 500_000);
        for (int i = 0; i < 8; i++)
        {
            fixture.Enqueue(Batches.Of($"{i}{big}"));
        }

        await LoopFixture.Until(() => fixture.Loop.Gauges.Spool.Batches >= 4);
        long removed = fixture.Ledger.Snapshot().Spooled;
        Directory.Delete(Path.Combine(SpoolPath, "0", "things"), recursive: true);
        fixture.Enqueue(Batches.Of($"8{big}"));
        await LoopFixture.Until(() => fixture.Loop.Gauges.Spool.Batches > removed);
        IsDown = false;
        await fixture.Drive(LoopFixture.Until(() => fixture.Ledger.Snapshot().InFlight == 0));
        await fixture.Close();

        fixture.AssertBooks(9 - removed, (LossReason.SpoolDamaged, removed));
    }

    [Fact]
    public async Task What_is_too_old_by_the_clock_and_refused_by_the_service_is_lost_with_that_reason_and_not_searched()
    {
        LoopFixture fixture = Start();
        fixture.Enqueue(Batches.Make(["old", "older"], acceptableUntil: Batches.Start.AddHours(1)));
        await CloseAtOnce(fixture);
        EndProcess();

        ScriptedSink refusing = new((_, _) => SendResult.Failed(ErrorClass.Invalid, "InvalidParameterValue", "too old"));
        LoopFixture second = Start(sink: refusing, start: false);
        second.Time.Advance(TimeSpan.FromHours(2));
        second.Loop.Start();
        await second.Drive(LoopFixture.Until(() => second.Ledger.Snapshot().InFlight == 0));
        await second.Close();

        second.AssertBooks(0, (LossReason.TooOld, 2));
        Assert.Single(refusing.Calls);
        Assert.Empty(Files());
    }

    [Theory]
    [InlineData(91)]
    [InlineData(-91)]
    [InlineData(36_500)]
    public async Task A_start_under_a_wrong_clock_throws_nothing_away(int days)
    {
        LoopFixture fixture = Start();
        for (int i = 0; i < 20; i++)
        {
            fixture.Enqueue(Batches.Of($"a{i}"));
        }

        await CloseAtOnce(fixture);
        EndProcess();

        // The service is still out at first: the wrong clock must not make anything give up meanwhile.
        LoopFixture second = Start(start: false);
        second.Time.Jump(TimeSpan.FromDays(days));
        second.Loop.Start();
        await second.Drive(LoopFixture.Until(() => second.Events.Retries.Count >= 20));
        Assert.Equal(0, second.Ledger.Snapshot().TotalLost);
        IsDown = false;
        await second.Drive(LoopFixture.Until(() => second.Ledger.Snapshot().InFlight == 0));
        await second.Close();

        second.AssertBooks(20);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task What_is_too_old_by_the_clock_and_cannot_be_sent_for_a_day_is_lost_with_that_reason()
    {
        LoopFixture fixture = Start();
        fixture.Enqueue(Batches.Make(["old"], acceptableUntil: Batches.Start.AddHours(1)));
        await CloseAtOnce(fixture);
        EndProcess();

        LoopFixture second = Start(start: false);
        second.Time.Advance(TimeSpan.FromHours(2));
        second.Loop.Start();
        DateTimeOffset started = second.Time.GetUtcNow();
        await second.Drive(LoopFixture.Until(() => second.Ledger.Snapshot().InFlight == 0), step: TimeSpan.FromMinutes(10));
        await second.Close();

        second.AssertBooks(0, (LossReason.TooOld, 1));
        Assert.True(second.Time.GetUtcNow() - started >= TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_keep_batches_from_going_to_disk()
    {
        LoopFixture fixture = Start(new DeliveryOptions { Spool = { SpillAfter = TimeSpan.FromSeconds(10) } });
        for (int i = 0; i < 12; i++)
        {
            fixture.Enqueue(Batches.Of($"a{i}"));
        }

        fixture.Time.Jump(TimeSpan.FromHours(-3));
        Task flush = fixture.Flush();
        await fixture.Drive(flush);

        Assert.Equal(12, Files().Length);
        Assert.True(fixture.Time.GetUtcNow() <= Batches.Start.AddHours(-3).AddSeconds(30));
    }

    [Fact]
    public async Task A_clock_that_jumps_ahead_gives_up_nothing_that_waits()
    {
        LoopFixture fixture = Start();
        fixture.Enqueue(Batches.Of("a"));
        await LoopFixture.Until(() => fixture.Events.Retries.Count == 1);
        fixture.Time.Jump(TimeSpan.FromDays(91));
        fixture.Enqueue(Batches.Of("b"));
        await fixture.Drive(LoopFixture.Until(() => fixture.Events.Retries.Count >= 6));
        Assert.True(fixture.Loop.Gauges.OldestAge < TimeSpan.FromHours(1));

        IsDown = false;
        await fixture.Drive(LoopFixture.Until(() => fixture.Ledger.Snapshot().InFlight == 0));
        await fixture.Close();
        fixture.AssertBooks(2);
    }

    [Fact]
    public async Task A_spooled_batch_with_a_poison_item_loses_that_item_alone()
    {
        LoopFixture fixture = Start();
        fixture.Enqueue(Batches.Of("good", "poison", "fine"));
        await CloseAtOnce(fixture);
        EndProcess();

        ScriptedSink picky = new(
            (batch, _) => Batches.ItemsOf(batch).Contains("poison")
                ? SendResult.Failed(ErrorClass.Invalid, "Bad", "no") : SendResult.Delivered());
        LoopFixture second = Start(sink: picky);
        await second.Drive(LoopFixture.Until(() => second.Ledger.Snapshot().InFlight == 0));
        await second.Close();

        second.AssertBooks(2, (LossReason.Rejected, 1));
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Two_processes_on_one_directory_have_slots_of_their_own_and_neither_takes_the_others_files()
    {
        LoopFixture first = Start();
        first.Enqueue(Batches.Of("first"));
        await CloseAtOnce(first);

        IsDown = false;
        LoopFixture second = Start();
        second.Enqueue(Batches.Of("second"));
        await second.Close();

        Assert.Equal(["second"], Sink.Taken);
        Assert.Single(Files());
        second.AssertBooks(1);
        EndProcess();

        LoopFixture third = Start();
        await third.Drive(LoopFixture.Until(() => third.Ledger.Snapshot().Delivered == 1));
        await third.Close();
        Assert.Equal(["second", "first"], Sink.Taken);
    }

    [Fact]
    public async Task A_slot_whose_process_is_gone_is_emptied_by_the_next_one()
    {
        LoopFixture first = Start();
        SpoolDirectory firstDirectory = Directories[^1];
        LoopFixture second = Start();
        first.Enqueue(Batches.Of("first"));
        second.Enqueue(Batches.Of("second"));
        await CloseAtOnce(first);
        await CloseAtOnce(second);
        Assert.Equal(2, Files().Select(Path.GetDirectoryName).Distinct().Count());
        EndProcess();
        Assert.NotNull(firstDirectory);

        IsDown = false;
        LoopFixture third = Start();
        await third.Drive(LoopFixture.Until(() => third.Ledger.Snapshot().Delivered == 2));
        await third.Close();
        third.AssertBooks(2);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Old_and_new_data_take_turns_after_an_outage()
    {
        LoopFixture fixture = Start(new DeliveryOptions { MaxConcurrentRequests = 1 });
        for (int i = 0; i < 30; i++)
        {
            fixture.Enqueue(Batches.Of($"old{i}"));
        }

        await CloseAtOnce(fixture);
        EndProcess();
        IsDown = false;
        LoopFixture second = Start(new DeliveryOptions { MaxConcurrentRequests = 1 }, start: false);
        for (int i = 0; i < 30; i++)
        {
            second.Enqueue(Batches.Of($"new{i}"));
        }

        second.Loop.Start();
        await second.Drive(LoopFixture.Until(() => second.Ledger.Snapshot().Delivered == 60));
        await second.Close();

        // New data was there first and is in order; old data came in between and after, and is in order too.
        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"new{i}"), Sink.Taken.Where(t => t.StartsWith("new", StringComparison.Ordinal)));
        Assert.Equal(30, Sink.Taken.Count(t => t.StartsWith("old", StringComparison.Ordinal)));
        second.AssertBooks(60);
    }
}
