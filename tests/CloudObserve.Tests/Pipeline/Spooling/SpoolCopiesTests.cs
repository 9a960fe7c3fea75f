using CloudObserve.Delivery;
using CloudObserve.Tests.Pipeline.Delivery;

namespace CloudObserve.Tests.Pipeline.Spooling;

/// <summary>Copies of batches that an earlier process left in the spool.</summary>
public sealed class SpoolCopiesTests : SpoolTestBase
{
    private readonly ScriptedSink _copies = new((_, _) => SendResult.Delivered());

    [Fact]
    public async Task What_an_earlier_process_left_is_copied_once_although_the_destination_is_still_down()
    {
        await LeaveAsync(copySink: null, 12);

        LoopFixture second = Start(copySink: _copies);
        await second.Copies!.FlushAsync(CancellationToken.None).WaitAsync(LoopFixture.Safety);

        Assert.Equal(Items(12), _copies.Taken.Order());
        Assert.Equal(12, Files().Length);
        IsDown = false;
        await second.Drive(LoopFixture.Until(() => second.Ledger.Snapshot().Delivered == 24));
        await second.Close();
        await second.Copies.CloseAsync(CancellationToken.None).WaitAsync(LoopFixture.Safety);
        Assert.Equal(Items(12), _copies.Taken.Order());
    }

    [Fact]
    public async Task What_is_delivered_at_once_after_the_start_is_copied_once_too()
    {
        await LeaveAsync(copySink: null, 40);

        IsDown = false;
        LoopFixture second = Start(copySink: _copies);
        await second.Drive(LoopFixture.Until(() => second.Ledger.Snapshot().Delivered == 80));
        await second.Close();
        await second.Copies!.FlushAsync(CancellationToken.None).WaitAsync(LoopFixture.Safety);

        Assert.Equal(Items(40), _copies.Taken.Order());
        Assert.Empty(Files());
    }

    [Fact]
    public async Task A_batch_that_this_process_spooled_and_reads_back_is_not_copied_again()
    {
        LoopFixture fixture = Start(new DeliveryOptions { MaxBufferBytes = 2 * 1024 * 1024, MaxConcurrentRequests = 2 }, copySink: _copies);
        string big = new('x', 200_000);
        for (int i = 0; i < 40; i++)
        {
            fixture.Enqueue(Batches.Of($"{i}{big}"));
        }

        await LoopFixture.Until(() => fixture.Loop.Gauges.WaitingBytes <= 2 * 1024 * 1024 && fixture.Loop.Gauges.Spool.Batches > 20);
        IsDown = false;
        await fixture.Drive(LoopFixture.Until(() => fixture.Ledger.Snapshot().Delivered == 40));
        await fixture.Close();
        await fixture.Copies!.CloseAsync(CancellationToken.None).WaitAsync(LoopFixture.Safety);

        Assert.Equal(40, _copies.Taken.Length + fixture.Copies.Ledger.Snapshot().TotalLost);
        Assert.Equal(_copies.Taken.Length, _copies.Taken.Distinct().Count());
    }

    [Fact]
    public async Task A_batch_whose_copy_the_second_sink_kept_is_not_copied_again_and_the_others_are()
    {
        Dictionary<Guid, int> kept = [];
        ScriptedSink firstCopies = new((batch, _) =>
        {
            lock (kept)
            {
                kept[batch.CopyId] = batch.FirstItem;
            }

            return SendResult.Delivered();
        });
        await LeaveAsync(firstCopies, 10);
        await LeaveAsync(copySink: null, 5, from: 10);
        Assert.Equal(10, kept.Count);

        LoopFixture third = Start(copySink: _copies, isKept: batch => kept.ContainsKey(batch.CopyId));
        await third.Copies!.FlushAsync(CancellationToken.None).WaitAsync(LoopFixture.Safety);

        // The second process made no copies, but it spooled again what it had from the first: with its id.
        Assert.Equal(Items(5, from: 10), _copies.Taken.Order());
        await CloseAtOnce(third);
    }

    [Fact]
    public async Task The_parts_of_a_split_batch_keep_its_id_and_their_places_in_it()
    {
        ScriptedSink firstCopies = new((_, _) => SendResult.Delivered());
        ScriptedSink sink = new((batch, _) => batch.ItemCount > 1
            ? SendResult.Failed(ErrorClass.TooLarge, "RequestEntityTooLarge", "too large")
            : SendResult.Failed(ErrorClass.Unavailable, "ServiceUnavailable", "down"));
        LoopFixture first = Start(sink: sink, copySink: firstCopies);
        first.Enqueue(Batches.Of("a", "b", "c", "d"));
        await LoopFixture.Until(() => sink.Calls.Contains("a"));
        await CloseAtOnce(first);
        await first.Copies!.CloseAsync(CancellationToken.None).WaitAsync(LoopFixture.Safety);
        EndProcess();

        List<(Guid Id, int First, int Count)> parts = [];
        LoopFixture second = Start(copySink: _copies, isKept: batch =>
        {
            lock (parts)
            {
                parts.Add((batch.CopyId, batch.FirstItem, batch.ItemCount));
            }

            return false;
        });
        await second.Copies!.FlushAsync(CancellationToken.None).WaitAsync(LoopFixture.Safety);
        await CloseAtOnce(second);

        Assert.Equal(["a", "b", "c", "d"], _copies.Taken.Order());
        Assert.Single(parts.Select(p => p.Id).Distinct());
        Assert.DoesNotContain(parts, p => p.Id == Guid.Empty);
        Assert.Equal(4, parts.Sum(p => p.Count));
        Assert.Equal(parts.Count, parts.Select(p => p.First).Distinct().Count());
    }

    private static IEnumerable<string> Items(int count, int from = 0) =>
        Enumerable.Range(from, count).SelectMany(i => new[] { $"a{i:D3}", $"b{i:D3}" }).Order();

    private async Task LeaveAsync(ScriptedSink? copySink, int batches, int from = 0)
    {
        LoopFixture fixture = Start(copySink: copySink);
        for (int i = from; i < from + batches; i++)
        {
            fixture.Enqueue(Batches.Of($"a{i:D3}", $"b{i:D3}"));
        }

        await CloseAtOnce(fixture);
        if (fixture.Copies is { } copies)
        {
            await copies.CloseAsync(CancellationToken.None).WaitAsync(LoopFixture.Safety);
        }

        EndProcess();
    }
}
