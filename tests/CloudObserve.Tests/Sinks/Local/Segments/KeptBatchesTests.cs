using System.Text;
using CloudObserve.Delivery;
using CloudObserve.Local;
using CloudObserve.Sinks;
using CloudObserve.Sinks.Local;
using CloudObserve.Sinks.Local.Segments;
using CloudObserve.Testing;
using CloudObserve.Tests.Contracts;
using CloudObserve.Tests.Pipeline.Delivery;

namespace CloudObserve.Tests.Sinks.Local.Segments;

/// <summary>Tests of the data that the embedded CloudWatch keeps over restarts.</summary>
public sealed class KeptBatchesTests : SegmentTestBase
{
    private readonly ManualTimeProvider _clock = new(LocalCloudWatch.Noon);

    [Fact]
    public async Task What_was_taken_is_there_after_a_restart_with_its_times()
    {
        KeptCloudWatch first = Open();
        _ = first.Log("a", "b");
        _ = first.Put(2);
        _clock.Advance(TimeSpan.FromHours(2));
        _ = first.Log("c");

        // A datum without a time has the time of its arrival, also when it is replayed.
        _ = first.Put(3);
        FilteredLogEvent[] before = Events(first);
        await first.CloseAsync();
        _clock.Advance(TimeSpan.FromHours(3));

        KeptCloudWatch second = Open();

        Assert.Equal(before, Events(second));
        Assert.Equal((1, 2), second.Orders(LocalCloudWatch.Noon, LocalCloudWatch.Noon.AddHours(1)));
        Assert.Equal((1, 3), second.Orders(LocalCloudWatch.Noon.AddHours(2), LocalCloudWatch.Noon.AddHours(3)));
        (string directory, long batches, long refused) = Assert.Single(second.Events.FilesRead);
        Assert.Equal((Path, 4, 0), (directory, batches, refused));
        await second.CloseAsync();
        Assert.Equal((5, 5, 0, 0), Books(first.Books));
        Assert.Equal((0, 0, 0, 0), Books(second.Books));
        Assert.Empty(second.Events.FileNotices);
    }

    [Fact]
    public async Task What_is_refused_is_not_kept()
    {
        KeptCloudWatch first = Open();
        Assert.NotEqual(ErrorClass.None, first.Log("").Error);
        Assert.NotEqual(ErrorClass.None, first.Put(1, LocalCloudWatch.Noon.AddDays(-15)).Error);
        await first.CloseAsync();

        Assert.Empty(Files());
        Assert.Equal((0, 0, 0, 0), Books(first.Books));
    }

    [Fact]
    public async Task Data_that_was_accepted_in_time_is_accepted_after_a_month_and_expires_as_without_a_restart()
    {
        LogGroupSettings group = new(30, null, null, new Dictionary<string, string>());
        KeptCloudWatch first = new(Path, _clock, group: group);
        _ = first.Log("old");
        _ = first.Put(1);

        // The process runs, so that its clock is believed.
        for (int day = 0; day < 20; day++)
        {
            _clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMinutes(1));
            _ = first.Log($"day {day}");
        }

        await first.CloseAsync();
        KeptCloudWatch second = new(Path, _clock, group: group);

        // Beyond 14 days CloudWatch takes neither; both were taken before.
        Assert.Equal("old", second.Messages[0]);
        Assert.Equal(21, second.Messages.Count);
        Assert.Equal((1, 1), second.Orders(LocalCloudWatch.Noon, LocalCloudWatch.Noon.AddHours(1)));
        for (int day = 20; day < 45; day++)
        {
            _clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMinutes(1));
            _ = second.Log($"day {day}");
        }

        IReadOnlyList<string> living = second.Messages;
        Assert.DoesNotContain("old", living);
        await second.CloseAsync();
        KeptCloudWatch third = new(Path, _clock, group: group);
        Assert.Equal(living, third.Messages);
        await third.CloseAsync();
    }

    [Fact]
    public async Task A_clock_that_is_a_year_ahead_at_the_start_expires_nothing()
    {
        LogGroupSettings group = new(1, null, null, new Dictionary<string, string>());
        KeptCloudWatch first = new(Path, _clock, group: group);
        _ = first.Log("a");
        await first.CloseAsync();
        _clock.Advance(TimeSpan.FromDays(365));

        KeptCloudWatch second = new(Path, _clock, group: group);

        Assert.Equal(["a"], second.Messages);
        await second.CloseAsync();
    }

    [Fact]
    public async Task The_files_stay_below_their_limit_and_the_oldest_go()
    {
        KeptCloudWatch first = Open();
        string big = new('x', 200_000);
        for (int i = 0; i < 300; i++)
        {
            _ = first.Log($"{i:D3}{big}");
            await first.Kept.FlushAsync(CancellationToken.None).WaitAsync(LoopFixture.Safety);
            Assert.True(Files("*").Sum(f => new FileInfo(f).Length) <= LocalOptions.MinDiskBytes + 64);
        }

        await first.CloseAsync();
        KeptCloudWatch second = Open();

        IReadOnlyList<string> kept = second.Messages;
        Assert.Equal(first.Messages.TakeLast(kept.Count), kept);
        Assert.InRange(kept.Count, 70, 80);
        await second.CloseAsync();
    }

    [Fact]
    public async Task A_smaller_limit_deletes_the_oldest_with_the_next_batch()
    {
        KeptCloudWatch first = new(Path, _clock, 4 * LocalOptions.MinDiskBytes);
        string big = new('x', 200_000);
        for (int i = 0; i < 250; i++)
        {
            _ = first.Log($"{i:D3}{big}");
            await first.Kept.FlushAsync(CancellationToken.None).WaitAsync(LoopFixture.Safety);
        }

        await first.CloseAsync();
        KeptCloudWatch second = Open();
        _ = second.Log("last");
        await second.CloseAsync();

        Assert.True(Files("*.segment").Sum(f => new FileInfo(f).Length) <= LocalOptions.MinDiskBytes);
        KeptCloudWatch third = Open();
        Assert.Equal("last", third.Messages[^1]);
        await third.CloseAsync();
    }

    [Fact]
    public async Task A_second_owner_keeps_nothing_and_says_so()
    {
        KeptCloudWatch first = Open();
        KeptCloudWatch second = Open();
        _ = second.Log("b");
        _ = first.Log("a");
        await second.CloseAsync();
        await first.CloseAsync();

        Assert.Contains("another process", Assert.Single(second.Events.FileNotices), StringComparison.Ordinal);
        Assert.Equal(1, second.Books.Lost[LossReason.StorageFailed]);
        Assert.Equal(["b"], second.Messages);
        KeptCloudWatch third = Open();
        Assert.Equal(["a"], third.Messages);
        await third.CloseAsync();
    }

    [Fact]
    public async Task A_directory_that_cannot_be_made_costs_the_files_alone()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        await File.WriteAllTextAsync(Path, "a file");
        KeptCloudWatch first = Open();
        Assert.Equal(ErrorClass.None, first.Log("a").Error);
        await first.CloseAsync();

        Assert.Equal(["a"], first.Messages);
        Assert.Single(first.Events.FileNotices);
        Assert.Equal(1, first.Books.Lost[LossReason.StorageFailed]);
        File.Delete(Path);
    }

    [Fact]
    public async Task A_directory_that_is_deleted_while_it_is_used_is_counted_and_said()
    {
        KeptCloudWatch first = Open();
        Directory.Delete(Path, recursive: true);
        _ = first.Log("a");
        await first.CloseAsync();

        Assert.Equal(1, first.Books.Lost[LossReason.StorageFailed]);
        Assert.Contains(first.Events.Losses, l => l.Detail.Contains(Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_comes_after_the_close_is_counted_as_closed()
    {
        KeptCloudWatch first = Open();
        await first.CloseAsync();
        _ = first.Log("late");

        Assert.Equal(1, first.Books.Lost[LossReason.Closed]);
        Assert.Equal(0, first.Books.InFlight);
    }

    [Fact]
    public async Task One_that_was_never_started_creates_nothing()
    {
        EmbeddedCloudWatch cloudWatch = new(Microsoft.Extensions.Options.Options.Create(new LocalOptions()), _clock);
        KeptBatches kept =
            new("local-files", Path, LocalOptions.MinDiskBytes, new LocalIngestion(cloudWatch, null), new RecordingEvents(), _clock);

        await kept.CloseAsync(CancellationToken.None).WaitAsync(LoopFixture.Safety);

        Assert.False(Directory.Exists(Path));
    }

    [Fact]
    public async Task A_replay_that_takes_long_goes_on_after_the_start_and_nothing_is_lost()
    {
        KeptCloudWatch first = Open();
        _ = first.Log("a");
        await first.CloseAsync();
        using ManualResetEventSlim slow = new();
        EmbeddedCloudWatch cloudWatch = new(Microsoft.Extensions.Options.Options.Create(new LocalOptions()), _clock);
        LocalIngestion ingestion = new(cloudWatch, _ =>
        {
            // Only the replay waits.
            slow.Wait(LoopFixture.Safety);
            return LogGroupSettings.None;
        });
        KeptBatches kept = new("local-files", Path, LocalOptions.MinDiskBytes, ingestion, new RecordingEvents(), _clock);
        Task starting = Task.Run(kept.Start);
        await LoopFixture.Until(() =>
        {
            _clock.Advance(KeptBatches.MaxStart);
            return starting.IsCompleted;
        });

        using Batch batch = LogBatch.In(KeptCloudWatch.Group, "one", LogBatch.Event(LocalCloudWatch.Noon, "b"));
        kept.Add(batch, cloudWatch.Arrive());
        Assert.Equal(1, kept.Ledger.Snapshot().InFlight);
        slow.Set();
        await kept.FlushAsync(CancellationToken.None).WaitAsync(LoopFixture.Safety);

        Assert.Equal((1, 1, 0, 0), Books(kept.Ledger.Snapshot()));
        await kept.CloseAsync(CancellationToken.None).WaitAsync(LoopFixture.Safety);
        KeptCloudWatch third = Open();
        Assert.Equal(["a", "b"], third.Messages.Order());
        await third.CloseAsync();
    }

    [Fact]
    public async Task Many_threads_write_and_everything_comes_back_once()
    {
        KeptCloudWatch first = Open();
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, t =>
        {
            for (int i = 0; i < 300; i++)
            {
                _ = first.Log($"{t}-{i}", $"{t}-{i}!");
            }
        });
        await first.CloseAsync();

        KeptCloudWatch second = Open();
        Assert.Equal(first.Messages.Order(StringComparer.Ordinal), second.Messages.Order(StringComparer.Ordinal));
        Assert.Equal((4800, 4800, 0, 0), Books(first.Books));
        await second.CloseAsync();
    }

    [Fact]
    public async Task The_directory_and_its_files_are_private_and_stay_out_of_repositories()
    {
        KeptCloudWatch first = Open();
        _ = first.Log("a");
        await first.CloseAsync();

        Assert.Equal("*\n", await File.ReadAllTextAsync(PathOf(".gitignore")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path));
            foreach (string file in Files("*"))
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
    }

    [Fact]
    public async Task The_next_process_continues_the_newest_segment()
    {
        for (int i = 0; i < 5; i++)
        {
            KeptCloudWatch process = Open();
            _ = process.Log($"{i}");
            await process.CloseAsync();
        }

        Assert.Single(Files());
        KeptCloudWatch last = Open();
        Assert.Equal(["0", "1", "2", "3", "4"], last.Messages);
        await last.CloseAsync();
    }

    [Fact]
    public async Task The_copy_of_a_batch_and_of_its_parts_is_known_after_a_restart()
    {
        KeptCloudWatch first = Open();
        Batch whole = LogBatch.In(KeptCloudWatch.Group, "one", LogBatch.Events(10, LocalCloudWatch.Noon));
        whole.CopyId = Guid.NewGuid();
        using Batch part = whole.Slice(2, 3);
        using Batch partOfPart = part.Slice(1, 2);
        using Batch other = LogBatch.In(KeptCloudWatch.Group, "one", LogBatch.Events(10, LocalCloudWatch.Noon));
        other.CopyId = Guid.NewGuid();
        using Batch laterPart = other.Slice(5, 5);
        using Batch earlierPart = other.Slice(0, 5);
        _ = first.Send(whole.Copy());
        _ = first.Send(other.Slice(0, 5));
        await first.CloseAsync();

        KeptCloudWatch second = Open();

        Assert.True(second.Kept.Contains(whole));
        Assert.True(second.Kept.Contains(part));
        Assert.True(second.Kept.Contains(partOfPart));
        Assert.True(second.Kept.Contains(earlierPart));
        Assert.False(second.Kept.Contains(laterPart));
        Assert.False(second.Kept.Contains(other));
        whole.Dispose();
        await second.CloseAsync();
    }

    [Fact]
    public async Task Metric_filters_are_kept_and_see_the_replayed_events()
    {
        KeptCloudWatch first = Open();
        string body = """{"logGroupName":"/shop","filterName":"F","filterPattern":"order","metricTransformations":[{"metricName":"Orders","metricNamespace":"Shop","metricValue":"1"}]}""";
        byte[] rented = System.Buffers.ArrayPool<byte>.Shared.Rent(body.Length);
        _ = Encoding.ASCII.GetBytes(body, rented);
        Assert.Equal(ErrorClass.None, first.Send(new Batch(
            new BatchHeader("PutMetricFilter", "filter", LocalCloudWatch.Noon, DateTimeOffset.MaxValue), rented, body.Length, 0,
            [body.Length], null)).Error);
        _ = first.Log("order 1", "else", "order 2");
        await first.CloseAsync();

        KeptCloudWatch second = Open();

        Assert.Equal((2, 2), second.Orders(LocalCloudWatch.Noon, LocalCloudWatch.Noon.AddHours(1)));
        await second.CloseAsync();
    }

    private static (long Accepted, long Delivered, long Lost, long InFlight) Books(LedgerSnapshot books) =>
        (books.Accepted, books.Delivered, books.TotalLost, books.InFlight);

    private static FilteredLogEvent[] Events(KeptCloudWatch process) =>
        [.. process.CloudWatch.FilterLogEvents(new FilterLogEventsRequest { LogGroupName = KeptCloudWatch.Group }).Events];

    private KeptCloudWatch Open() => new(Path, _clock);
}
