using CloudObserve.Delivery;
using CloudObserve.Pipeline.Batches;
using CloudObserve.Pipeline.Spooling;
using CloudObserve.Tests.Pipeline.Delivery;

namespace CloudObserve.Tests.Pipeline.Spooling;

/// <summary>A spool without room: what goes, and who answers for it. All batches here are of one size, and three of them fit.</summary>
public sealed class BatchSpoolTests : IDisposable
{
    private static readonly long FileBytes = Encoded(Numbered(0));

    private readonly string _path = Directory.CreateTempSubdirectory("cloudobserve-spool").FullName;
    private readonly RecordingEvents _events = new();
    private readonly LossLedger _ledger;
    private readonly SpoolDirectory _directory;
    private readonly BatchSpool _spool;

    public BatchSpoolTests()
    {
        _ledger = new LossLedger("things", _events);
        _directory = new SpoolDirectory(_path, new SpoolOptions { MaxBytes = (3 * FileBytes) + 1 }, _events);
        _spool = new BatchSpool(
            _directory, new ScriptedSink((_, _) => SendResult.Delivered()), new DeliveryBooks(_ledger, _events), _events);
    }

    public void Dispose()
    {
        _directory.Dispose();
        Directory.Delete(_path, recursive: true);
    }

    [Fact]
    public void The_oldest_goes_and_is_booked()
    {
        Keep(1, 2, 3, 4);

        Assert.Equal([2, 3, 4], Drain());
        AssertLost(1);
    }

    [Fact]
    public void A_batch_that_is_older_than_all_that_fills_the_spool_is_the_one_that_goes()
    {
        Keep(2, 3, 4, 1);

        Assert.Equal([2, 3, 4], Drain());
        AssertLost(1);
    }

    [Fact]
    public void A_file_whose_batch_is_in_memory_makes_room_and_nothing_is_lost_yet()
    {
        using Batch first = Numbered(1);
        SpoolEntry held = _spool.TryHold(first)!;
        Keep(2, 3, 4);

        AssertLost(0);
        Assert.False(_spool.TryReturn(held));

        // Its fate is decided when memory lets go of it: by then it is the oldest of all.
        Assert.True(_spool.TryKeep(first, out _));
        AssertLost(1);
        Assert.Equal([2, 3, 4], Drain());
    }

    [Fact]
    public void A_file_that_made_room_has_nothing_left_to_delete()
    {
        using Batch first = Numbered(1);
        SpoolEntry held = _spool.TryHold(first)!;
        Keep(2, 3, 4);
        _spool.Delete(held);

        Assert.Equal((3, 3 * FileBytes), (_spool.Gauges.Batches, _spool.Gauges.Bytes));
        Keep(5);
        AssertLost(1);
    }

    [Fact]
    public void A_file_that_is_about_to_be_read_makes_room_and_is_lost_once()
    {
        Keep(1);
        SpoolEntry taken = _spool.TakeOldest(_ => true)!;
        Keep(2, 3, 4);

        AssertLost(1);
        Assert.Null(_spool.TryRead(taken));
        AssertLost(1);
        Assert.Equal([2, 3, 4], Drain());
    }

    [Fact]
    public void A_batch_that_was_read_and_made_room_is_stored_anew_when_it_is_given_back_and_there_is_room()
    {
        Keep(1);
        SpoolEntry taken = _spool.TakeOldest(_ => true)!;
        using Batch read = _spool.TryRead(taken)!;
        Keep(2, 3, 4);
        _spool.Delete(_spool.TakeOldest(_ => true)!);
        _spool.GiveBack(taken, read);

        AssertLost(0);
        Assert.Equal([1, 3, 4], Drain());
    }

    [Fact]
    public void Neither_twice_nor_unbooked_when_many_store_take_and_give_back_in_a_full_spool()
    {
        const int threads = 6, each = 400;
        long delivered = 0;

        void Work(int thread)
        {
            Random random = new(thread);
            for (int i = 0; i < each; i++)
            {
                using Batch batch = Numbered(random.Next(1000));
                _ledger.Accept(batch.Weight);
                SpoolEntry? held = i % 3 == 0 ? _spool.TryHold(batch) : null;
                Replay(random.Next(3));
                if (held is null || !_spool.TryReturn(held))
                {
                    Assert.True(_spool.TryKeep(batch, out string problem), problem);
                }
            }
        }

        void Replay(int fate)
        {
            if (_spool.TakeOldest(_ => true) is not { } entry || _spool.TryRead(entry) is not { } batch)
            {
                return;
            }

            using (batch)
            {
                if (fate == 0)
                {
                    _spool.Delete(entry);
                    _ = Interlocked.Add(ref delivered, batch.Weight);
                }
                else
                {
                    _spool.GiveBack(entry, batch);
                }
            }
        }

        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, Work);

        LedgerSnapshot books = _ledger.Snapshot();
        Assert.InRange(_spool.Gauges.Batches, 1, 3);
        Assert.Equal(books.Accepted, delivered + books.TotalLost + _spool.Gauges.Weight);
        Assert.Equal(books.TotalLost, books.Lost[LossReason.SpoolFull]);
        Assert.Equal(_spool.Gauges.Batches, Directory.GetFiles(_path, "*.batch", SearchOption.AllDirectories).Length);
        Assert.Empty(_events.Incomplete);
        Keep(2000, 2001, 2002);
        Assert.Equal([2000, 2001, 2002], Drain());
    }

    private static Batch Numbered(int number) => Batches.Make([$"{number:D4}"], createdAt: Batches.Start.AddSeconds(number));

    private static long Encoded(Batch batch)
    {
        using (batch)
        {
            return SpoolFile.Encode(batch).Length;
        }
    }

    private void Keep(params int[] numbers)
    {
        foreach (int number in numbers)
        {
            using Batch batch = Numbered(number);
            Assert.True(_spool.TryKeep(batch, out string problem), problem);
        }
    }

    private List<int> Drain()
    {
        List<int> numbers = [];
        while (_spool.TakeOldest(_ => true) is { } entry)
        {
            using Batch batch = _spool.TryRead(entry)!;
            numbers.Add(int.Parse(Batches.ItemsOf(batch)[0], System.Globalization.CultureInfo.InvariantCulture));
            _spool.Delete(entry);
        }

        return numbers;
    }

    private void AssertLost(long count)
    {
        Assert.Equal(count, _ledger.Snapshot().Lost.GetValueOrDefault(LossReason.SpoolFull));
        Assert.Equal(count, _events.Losses.Sum(l => l.Count));
    }
}
