using System.Text;
using CloudObserve.Filters;
using CloudObserve.Local;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Tests.Sinks.Local.Reading;

public sealed class LogEventReaderTests
{
    private const string Group = "/shop";

    private static readonly DateTimeOffset Noon = LocalCloudWatch.Noon;

    private readonly LocalCloudWatch _local = new();

    /// <summary>One request: its stream, and the offsets of its events in milliseconds, which are also their messages.</summary>
    private static Gen<(string Stream, int[] Offsets)> Request { get; } =
        from stream in Gen.Elements("a", "ab", "b", "c")
        from offsets in Gen.Choose(0, 40).NonEmptyListOf()
        select (stream, offsets.Order().ToArray());

    [Fact]
    public void Any_range_is_read_in_both_directions_as_by_sorting_everything()
    {
        var cases =
            from requests in Request.ListOf()
            from start in Gen.Choose(-1, 41)
            from end in Gen.Choose(-1, 41)
            from isBackward in Gen.Elements(true, false)
            from prefix in Gen.Elements(null, "a", "b", "x")
            from pattern in Gen.Elements(null, "%[05]$%", "-1")
            select (requests, start, end, isBackward, prefix, pattern);

        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            LocalCloudWatch local = new();
            local.Log(Group, "z", (Noon.AddDays(-1), "before the range"));
            List<(string Stream, int Offset)> all = [];
            foreach ((string stream, int[] offsets) in c.requests)
            {
                local.Log(Group, stream, [.. offsets.Select(o => (Noon.AddMilliseconds(o), $"event {o}"))]);
                all.AddRange(offsets.Select(o => (stream, o)));
            }

            FilterPattern? pattern = c.pattern is null ? null : FilterPattern.Parse(c.pattern);
            IEnumerable<(string Stream, int Offset)> expected = all
                .Where(e => e.Offset >= c.start && e.Offset <= c.end && e.Stream.StartsWith(c.prefix ?? "", StringComparison.Ordinal)
                    && pattern?.IsMatch(Encoding.UTF8.GetBytes($"event {e.Offset}")) != false)
                .OrderBy(e => e.Offset);
            LogEventReader reader = local.CloudWatch.ReadLogEvents(new ReadLogEventsRequest
            {
                LogGroupName = Group,
                LogStreamNamePrefix = c.prefix,
                StartTime = Noon.AddMilliseconds(c.start),
                EndTime = Noon.AddMilliseconds(c.end),
                FilterPattern = pattern,
                ScanBy = c.isBackward ? ScanBy.TimestampDescending : ScanBy.TimestampAscending,
            });
            return Read(reader).SequenceEqual(c.isBackward ? expected.Reverse() : expected);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Many_chunks_are_read_to_the_end_in_both_directions()
    {
        for (int request = 0; request < 20; request++)
        {
            _local.Log(Group, $"stream {request % 3}",
                [.. Enumerable.Range(0, 500).Select(i => (Noon.AddMilliseconds((i * 20) + request), $"event {(i * 20) + request}"))]);
        }

        int[] forward = [.. Read(Reader(ScanBy.TimestampAscending)).Select(e => e.Offset)];
        int[] backward = [.. Read(Reader(ScanBy.TimestampDescending)).Select(e => e.Offset)];

        Assert.Equal(Enumerable.Range(0, 10_000), forward);
        Assert.Equal(Enumerable.Range(0, 10_000).Reverse(), backward);
    }

    [Fact]
    public void Requests_that_are_accepted_while_it_reads_are_not_read()
    {
        Log("a", 0, 2_000);
        LogEventReader reader = Reader(ScanBy.TimestampAscending);
        Assert.True(reader.Read());

        // These would come next, in between and at the end.
        Log("a", 0, 2_500);
        Log("b", 0, 2_500);

        Assert.Equal(Enumerable.Range(1, 1_999), Read(reader).Select(e => e.Offset));
        Assert.Equal(7_000, Read(Reader(ScanBy.TimestampAscending)).Count);
    }

    [Fact]
    public void What_expires_or_is_dropped_meanwhile_ends_the_reading_without_an_error()
    {
        LocalCloudWatch small = new(new LocalOptions { MaxLogBytes = 1024 * 1024 });
        small.Log(Group, "a", [.. Enumerable.Range(0, 5_000).Select(i => (Noon.AddMilliseconds(i), $"event {i}"))]);
        LogEventReader reader = small.CloudWatch.ReadLogEvents(
            new ReadLogEventsRequest { LogGroupName = Group, LogStreamNames = ["a"] });
        Assert.True(reader.Read());

        for (int i = 0; i < 8; i++)
        {
            small.Log("/other", "b", (Noon.AddSeconds(60 + i), new string('x', 200_000)));
        }

        // The rest of the first chunk was already taken.
        int rest = Read(reader).Count;
        Assert.InRange(rest, 1, 4_998);
        Assert.False(reader.Read());
    }

    [Fact]
    public void An_event_has_its_times_its_stream_its_id_and_its_bytes()
    {
        _local.Log(Group, "a", (Noon.AddMilliseconds(-7), "über"), (Noon, "fine"));
        LogEventReader reader = Reader(ScanBy.TimestampAscending, FilterPattern.Parse("\"über\""));

        Assert.True(reader.Read());

        FilteredLogEvent same = _local.CloudWatch.FilterLogEvents(new FilterLogEventsRequest { LogGroupName = Group, Limit = 1 }).Events[0];
        Assert.Equal("über"u8.ToArray(), reader.Message.ToArray());
        Assert.Equal(
            (Noon.AddMilliseconds(-7), Noon, "a", same.EventId),
            (reader.Timestamp, reader.IngestionTime, reader.LogStreamName, reader.GetEventId()));
        Assert.False(reader.Read());
        Assert.Equal((2L, 9L), (reader.ScannedEvents, reader.ScannedBytes));
        _ = Assert.Throws<InvalidOperationException>(() => reader.Message);
        _ = Assert.Throws<InvalidOperationException>(() => reader.LogStreamName);
    }

    [Fact]
    public void Reading_creates_no_object_for_an_event()
    {
        Log("a", 0, 10_000);
        Log("b", 0, 10_000);
        FilterPattern pattern = FilterPattern.Parse("event");
        _ = Read(Reader(ScanBy.TimestampAscending, pattern));

        long before = GC.GetAllocatedBytesForCurrentThread();
        LogEventReader reader = Reader(ScanBy.TimestampAscending, pattern);
        long bytes = 0;
        while (reader.Read())
        {
            bytes += reader.Message.Length;
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // The chunk has 1,024 places of 48 bytes; an object for each event would be 20,000 times 24 bytes at least.
        Assert.InRange(allocated, 0, 120_000);
        Assert.Equal(bytes, reader.ScannedBytes);
        Assert.Equal(20_000, reader.ScannedEvents);
    }

    [Fact]
    public void A_request_that_breaks_a_rule_is_refused_at_once()
    {
        _local.Log(Group, "a", (Noon, "1"));

        Assert.Equal("ResourceNotFoundException", Refused(new ReadLogEventsRequest { LogGroupName = "/none" }).Code);
        Assert.Equal(
            "ResourceNotFoundException", Refused(new ReadLogEventsRequest { LogGroupName = Group, LogStreamNames = ["a", "b"] }).Code);
        Assert.Equal("InvalidParameterException", Refused(new ReadLogEventsRequest { LogGroupName = "a b" }).Code);
        Assert.Equal("InvalidParameterException", Refused(
            new ReadLogEventsRequest { LogGroupName = Group, LogStreamNames = ["a"], LogStreamNamePrefix = "a" }).Code);
        Assert.Equal(
            "InvalidParameterException", Refused(new ReadLogEventsRequest { LogGroupName = Group, ScanBy = (ScanBy)7 }).Code);
    }

    [Fact]
    public async Task Readers_see_each_request_completely_or_not_at_all_while_others_write()
    {
        const int Size = 50;
        _local.Log(Group, "a", (Noon.AddDays(-1), "event 0"));
        using CancellationTokenSource end = new();
        Task writer = Task.Run(() =>
        {
            for (int i = 0; i < 400; i++)
            {
                Log(i % 2 == 0 ? "a" : "b", i % 7, Size);
            }
        });
        do
        {
            int read = Read(Reader(ScanBy.TimestampAscending)).Count - 1;
            Assert.Equal(0, read % Size);
        }
        while (!writer.IsCompleted);

        await writer;
        Assert.Equal(400 * Size, Read(Reader(ScanBy.TimestampDescending)).Count - 1);
    }

    private static List<(string Stream, int Offset)> Read(LogEventReader reader)
    {
        List<(string, int)> found = [];
        while (reader.Read())
        {
            string message = Encoding.UTF8.GetString(reader.Message.Span);
            found.Add((reader.LogStreamName, int.Parse(message["event ".Length..], System.Globalization.CultureInfo.InvariantCulture)));
        }

        return found;
    }

    private void Log(string stream, int first, int count) => _local.Log(
        Group, stream, [.. Enumerable.Range(first, count).Select(i => (Noon.AddMilliseconds(i), $"event {i}"))]);

    private LogEventReader Reader(ScanBy order, FilterPattern? pattern = null) => _local.CloudWatch.ReadLogEvents(
        new ReadLogEventsRequest { LogGroupName = Group, ScanBy = order, FilterPattern = pattern });

    private CloudWatchException Refused(ReadLogEventsRequest request) =>
        Assert.Throws<CloudWatchException>(() => _local.CloudWatch.ReadLogEvents(request));
}
