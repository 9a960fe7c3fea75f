using CloudObserve.Delivery;
using CloudObserve.Pipeline.Spooling;
using CloudObserve.Tests.Pipeline.Delivery;

namespace CloudObserve.Tests.Pipeline.Spooling;

/// <summary>
/// A spool in bad company: destinations that never come back, disks that come and go, and directories that are not its own.
/// </summary>
public sealed class SpoolFairnessTests : SpoolTestBase
{
    private static readonly SendResult Denied = SendResult.Failed(ErrorClass.Unauthorized, "AccessDenied", "no");

    [Fact]
    public async Task A_destination_that_never_takes_its_spooled_batches_holds_up_no_other()
    {
        LoopFixture first = Start();
        for (int i = 0; i < 10; i++)
        {
            first.Enqueue(Batches.To("forbidden", $"f{i}"));
            first.Enqueue(Batches.To("open", $"o{i}"));
        }

        await CloseAtOnce(first);
        EndProcess();

        ScriptedSink picky = new((batch, _) => batch.Destination == "forbidden" ? Denied : SendResult.Delivered());
        LoopFixture second = Start(sink: picky);
        await second.Drive(LoopFixture.Until(() => second.Ledger.Snapshot().Delivered == 10));
        await CloseAtOnce(second);

        LedgerSnapshot books = second.Ledger.Snapshot();
        Assert.Equal((20, 10, 10, 10L), (books.Accepted, books.Delivered, books.InFlight, books.Spooled));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"o{i}"), picky.Taken.Order());
    }

    [Fact]
    public async Task What_waits_behind_batches_that_were_brought_back_goes_to_disk_in_time_too()
    {
        DeliveryOptions options = new() { MaxConcurrentRequests = 1, Spool = { SpillAfter = TimeSpan.FromSeconds(10) } };
        LoopFixture first = Start(options);
        for (int i = 0; i < 10; i++)
        {
            first.Enqueue(Batches.Of($"old{i}"));
        }

        await CloseAtOnce(first);
        EndProcess();

        // Two new ones fill the window; what is brought back stands behind them, and before the other new ones.
        LoopFixture second = Start(options, start: false);
        second.Enqueue(Batches.Of("new0"));
        second.Enqueue(Batches.Of("new1"));
        second.Loop.Start();
        for (int i = 2; i < 10; i++)
        {
            second.Enqueue(Batches.Of($"new{i}"));
        }

        await second.Drive(LoopFixture.Until(() => second.Ledger.Snapshot().Spooled == 20));
        await CloseAtOnce(second);
        Assert.Equal(20, Files().Length);
    }

    [Fact]
    public async Task What_is_spooled_after_the_last_arrival_is_brought_back_without_anything_new()
    {
        // The second batch is given up by a strategy of the host's, after the first has arrived; from then on nothing else is sent.
        bool wasDown = true;
        ScriptedSink sink = new(
            (batch, _) => wasDown && Batches.ItemsOf(batch)[0] == "b"
                ? SendResult.Failed(ErrorClass.Unavailable, "Down", "down") : SendResult.Delivered());
        LoopFixture fixture = Start(new DeliveryOptions { ConfigureResilience = _ => { } }, sink);
        fixture.Enqueue(Batches.Of("a"));
        await LoopFixture.Until(() => fixture.Ledger.Snapshot().Delivered == 1);
        fixture.Enqueue(Batches.Of("b"));
        await LoopFixture.Until(() => fixture.Ledger.Snapshot().Spooled == 1 && fixture.Loop.Gauges.WaitingBatches == 0);
        wasDown = false;

        await fixture.Drive(LoopFixture.Until(() => fixture.Ledger.Snapshot().Delivered == 2));
        await fixture.Close();
        fixture.AssertBooks(2);
    }

    [Theory]
    [InlineData(ErrorClass.Unavailable)]
    [InlineData(ErrorClass.Unauthorized)]
    public async Task Nothing_stays_in_memory_alone_for_longer_than_the_spill_time_however_long_the_pauses(ErrorClass error)
    {
        ScriptedSink failing = new((_, _) => SendResult.Failed(error, "Code", "down"));
        LoopFixture fixture = Start(new DeliveryOptions { Spool = { SpillAfter = TimeSpan.FromSeconds(10) } }, failing);
        long enqueued = 0;
        for (int second = 0; second < 600; second++)
        {
            DateTimeOffset now = fixture.Time.GetUtcNow();
            fixture.Enqueue(Batches.Make([$"{now:O}"], createdAt: now));
            enqueued++;
            await LoopFixture.Until(() => fixture.Loop.Gauges.Requests == 0);
            fixture.Time.Advance(TimeSpan.FromSeconds(1));
            await LoopFixture.Until(() => fixture.Loop.Gauges.Requests == 0 && enqueued - fixture.Ledger.Snapshot().Spooled <= 10);
        }

        await CloseAtOnce(fixture);
    }

    [Fact]
    public async Task A_spool_that_could_not_be_opened_is_tried_again_with_the_next_batch()
    {
        // A file where the directory should be: nobody can write below it, not even root.
        File.WriteAllText(SpoolPath, "");
        LoopFixture fixture = Start(new DeliveryOptions { MaxBufferBytes = 2 * 1024 * 1024, MaxConcurrentRequests = 1 });
        string big = new('x', 500_000);
        for (int i = 0; i < 6; i++)
        {
            fixture.Enqueue(Batches.Of($"{i}{big}"));
        }

        // Four fit in memory; the other two have to go, one by one.
        await LoopFixture.Until(() => fixture.Ledger.Snapshot().TotalLost == 2);
        File.Delete(SpoolPath);
        for (int i = 6; i < 12; i++)
        {
            fixture.Enqueue(Batches.Of($"{i}{big}"));
        }

        await CloseAtOnce(fixture);
        LedgerSnapshot books = fixture.Ledger.Snapshot();
        Assert.Equal((2, 10), (books.Lost[LossReason.BufferFull], books.Spooled));
        Assert.Single(fixture.Events.Incomplete);
    }

    [Fact]
    public async Task Directories_of_strangers_below_the_spool_are_left_as_they_are()
    {
        string stranger = Directory.CreateDirectory(Path.Combine(SpoolPath, "lost+found", "things")).FullName;
        File.WriteAllText(Path.Combine(stranger, "a.batch"), "theirs");
        LoopFixture fixture = Start();
        fixture.Enqueue(Batches.Of("a"));
        await CloseAtOnce(fixture);

        Assert.Equal([Path.Combine(stranger, "a.batch")],
            Directory.GetFiles(Path.Combine(SpoolPath, "lost+found"), "*", SearchOption.AllDirectories));
        Assert.Equal(1, fixture.Ledger.Snapshot().Spooled);
    }

    [Fact]
    public async Task What_lies_on_disk_never_counts_for_more_than_what_is_in_flight()
    {
        // Half of the batch arrives while its file still holds the whole.
        TaskCompletionSource<SendResult> second = new();
        ScriptedSink sink = new(async (_, attempt, _) => attempt switch
        {
            1 => SendResult.Failed(ErrorClass.Unauthorized, "Denied", "wait"),
            2 => SendResult.Failed(ErrorClass.Invalid, "Bad", "halve"),
            3 => SendResult.Delivered(),
            _ => await second.Task,
        });
        LoopFixture fixture = Start(sink: sink);
        fixture.Enqueue(Batches.Of("a", "b"));
        await LoopFixture.Until(() => fixture.Ledger.Snapshot().Spooled == 2);
        await fixture.Drive(LoopFixture.Until(() => fixture.Ledger.Snapshot().Delivered == 1));

        LedgerSnapshot books = fixture.Ledger.Snapshot();
        Assert.Equal((1, 1L), (books.InFlight, books.Spooled));
        second.SetResult(SendResult.Delivered());
        await fixture.Close();
        fixture.AssertBooks(2);
    }

    [Fact]
    public void A_file_name_tells_destinations_apart_and_is_read_back()
    {
        SpoolEntry one = SpoolFileName.Create(Batches.To("one", "a", "b"), 7, 100);
        SpoolEntry other = SpoolFileName.Create(Batches.To("other", "a", "b"), 7, 100);

        Assert.NotEqual(one.Lane, other.Lane);
        Assert.True(SpoolFileName.IsOurs(one.Name, out long claimedWeight));
        Assert.Equal(2, claimedWeight);
        Assert.False(SpoolFileName.IsOurs("README", out _));
        Assert.False(SpoolFileName.IsOurs("1-2-x.batch", out _));
    }
}
