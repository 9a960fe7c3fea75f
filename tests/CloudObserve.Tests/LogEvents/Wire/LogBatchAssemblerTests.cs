using System.Text;
using CloudObserve.Delivery;
using CloudObserve.LogEvents.Routing;
using CloudObserve.LogEvents.Wire;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Tests.LogEvents.Wire;

public sealed class LogBatchAssemblerTests
{
    private const long Hour = 60 * 60 * 1000;
    private const int MaxMessage = 1_048_550;

    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly long Present = Now.ToUnixTimeMilliseconds();

    // Small sizes mostly, some that make two or three fill a request, and times in order, a little out of it, and days away.
    private static readonly Gen<int> Size = Gen.Frequency(
        (6, Gen.Choose(1, 400)), (2, Gen.Choose(200_000, 700_000)), (1, Gen.Choose(MaxMessage - 2, MaxMessage + 2)), (1, Gen.Constant(0)));

    private static readonly Gen<long> Time = Gen.Frequency(
        (6, Gen.Choose(0, 1000).Select(ms => Present - ms)),
        (2, Gen.Choose(-3, 30).Select(hours => Present - (hours * Hour))),
        (1, Gen.Choose(13 * 24, 15 * 24).Select(hours => Present - (hours * Hour))));

    [Fact]
    public void Any_run_of_sizes_and_times_gives_only_legal_requests_and_loses_nothing()
    {
        Gen<(int Size, long Time)[]> runs = Size.SelectMany(size => Time.Select(time => (size, time))).ArrayOf(20);
        Prop.ForAll(runs.ToArbitrary(), Check).Check(Config.QuickThrowOnFailure.WithMaxTest(50));
    }

    [Fact]
    public void A_request_takes_ten_thousand_events()
    {
        LogBatchAssembler assembler = NewAssembler();
        Batch? full;
        for (int i = 0; i < 10_000; i++)
        {
            Assert.True(assembler.TryAppend(Present, "x"u8, Now, out full, out _));
            Assert.Null(full);
        }

        Assert.True(assembler.TryAppend(Present, "x"u8, Now, out full, out _));
        Assert.Equal(10_000, full!.ItemCount);
        Assert.Null(PutLogEventsReader.BrokenRule(full));
        full.Dispose();
        using Batch rest = assembler.Seal(Now)!;
        Assert.Equal(1, rest.ItemCount);
    }

    // 1,048,576 bytes with 26 for each event: the property above hardly ever draws sizes that come out at the limit.
    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(500_000)]
    public void A_request_is_filled_to_the_last_byte_and_not_beyond(int first)
    {
        int last = 1_048_576 - (2 * 26) - first;

        Assert.Equal([2], Requests(first, last));
        Assert.Equal([1, 1], Requests(first, last + 1));
        Assert.Equal([3], Requests(first, last - 26 - 9, 9));
        Assert.Equal([2, 1], Requests(first, last - 26 - 9, 10));
    }

    [Fact]
    public void Events_of_one_millisecond_are_not_torn_apart_by_the_end_of_a_request()
    {
        LogBatchAssembler assembler = NewAssembler();
        Batch? full = null;
        int appended = 0;
        while (full is null)
        {
            // Every fourth event comes late by a millisecond; three events share each millisecond.
            long time = Present - 100_000 + (appended / 3) - (appended % 4 == 3 ? 1 : 0);
            Assert.True(assembler.TryAppend(time, Message(1_000, appended++), Now, out full, out _));
        }

        using Batch rest = assembler.Seal(Now)!;
        (long Time, string Message)[] first = [.. PutLogEventsReader.Events(full)];
        (long Time, string Message)[] second = [.. PutLogEventsReader.Events(rest)];
        Assert.True(first[^1].Time < second[0].Time);
        Assert.Equal(appended, first.Length + second.Length);
        Assert.InRange(second.Length, 1, 8);
        Assert.Null(PutLogEventsReader.BrokenRule(rest));
        full.Dispose();
    }

    [Fact]
    public void The_largest_event_fills_a_request_by_itself()
    {
        LogBatchAssembler assembler = NewAssembler();
        Assert.True(assembler.TryAppend(Present, new byte[] { (byte)'a' }, Now, out _, out _));
        Assert.True(assembler.TryAppend(Present + 1, Message(MaxMessage, 0), Now, out Batch? full, out _));
        Assert.Equal(1, full!.ItemCount);
        using Batch second = assembler.Seal(Now)!;
        Assert.Null(PutLogEventsReader.BrokenRule(second));
        full.Dispose();
    }

    [Theory]
    [InlineData(0, 0, nameof(LossReason.Rejected))]
    [InlineData(MaxMessage + 1, 0, nameof(LossReason.TooLarge))]
    [InlineData(1, -14 * 24 * Hour, nameof(LossReason.TooOld))]
    [InlineData(1, (2 * Hour) + 1, nameof(LossReason.TooNew))]
    public void What_the_service_would_refuse_is_refused_with_its_reason(int size, long offset, string reason)
    {
        LogBatchAssembler assembler = NewAssembler();
        Assert.False(assembler.TryAppend(Present + offset, Message(size, 0), Now, out Batch? full, out LossReason? refusal));
        Assert.Equal(reason, refusal.Name);
        Assert.Null(full);
        Assert.Null(assembler.Seal(Now));
    }

    [Theory]
    [InlineData(-14 * 24 * Hour + 1)]
    [InlineData(2 * Hour)]
    public void What_the_service_just_accepts_is_taken(long offset) =>
        Assert.True(NewAssembler().TryAppend(Present + offset, "x"u8, Now, out _, out _));

    [Fact]
    public void Equal_times_keep_the_order_of_arrival_when_others_must_be_sorted()
    {
        LogBatchAssembler assembler = NewAssembler();
        (long, string)[] arrived = [(5, "a"), (3, "b"), (5, "c"), (3, "d"), (4, "e")];
        foreach ((long offset, string text) in arrived)
        {
            Assert.True(assembler.TryAppend(Present + offset, Encoding.UTF8.GetBytes(text), Now, out _, out _));
        }

        Assert.Equal(Present + 3, assembler.OldestTimestamp);
        using Batch batch = assembler.Seal(Now)!;
        Assert.Equal("bdeac", string.Concat(PutLogEventsReader.Events(batch).Select(e => e.Message)));
    }

    [Fact]
    public void A_request_is_acceptable_until_its_oldest_event_is_too_old()
    {
        LogBatchAssembler assembler = NewAssembler();
        _ = assembler.TryAppend(Present, "x"u8, Now, out _, out _);
        _ = assembler.TryAppend(Present - Hour, "y"u8, Now, out _, out _);
        using Batch batch = assembler.Seal(Now.AddSeconds(5))!;
        Assert.Equal(Now.AddHours(-1).AddDays(14), batch.Header.AcceptableUntil);
        Assert.Equal(Now.AddSeconds(5), batch.Header.CreatedAt);
        Assert.Equal(("PutLogEvents", "log group /shop, stream web \"1\""), (batch.Operation, batch.Destination));
    }

    [Fact]
    public void The_age_of_a_request_begins_with_its_first_event()
    {
        LogBatchAssembler assembler = NewAssembler();
        _ = assembler.TryAppend(Present, "x"u8, Now, out _, out _);
        _ = assembler.TryAppend(Present, "y"u8, Now.AddSeconds(3), out _, out _);
        Assert.Equal((Now, 2, 54L), (assembler.OpenedAt, assembler.EventCount, assembler.Bytes));
        assembler.Seal(Now)!.Dispose();
        _ = assembler.TryAppend(Present, "z"u8, Now.AddSeconds(4), out _, out _);
        Assert.Equal((Now.AddSeconds(4), 1, 27L), (assembler.OpenedAt, assembler.EventCount, assembler.Bytes));
    }

    [Fact]
    public void Invalid_UTF8_is_replaced_and_counted_as_it_is_sent()
    {
        LogBatchAssembler assembler = NewAssembler();
        Assert.True(assembler.TryAppend(Present, [(byte)'a', 0xFF, (byte)'b'], Now, out _, out _));
        Assert.Equal(5 + 26, assembler.Bytes);
        using Batch batch = assembler.Seal(Now)!;
        Assert.Equal("a\uFFFDb", PutLogEventsReader.Events(batch).Single().Message);
    }

    [Fact]
    public void Appending_allocates_nothing_once_the_buffers_have_grown()
    {
        LogBatchAssembler assembler = NewAssembler();
        Fill(assembler, 1_000);
        assembler.Seal(Now)!.Dispose();

        // Rented memory may be new; what is asserted is that appending itself makes no object.
        Fill(assembler, 600);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Fill(assembler, 100);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Fill(LogBatchAssembler assembler, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Assert.True(assembler.TryAppend(Present + i, "{\"level\":\"Information\",\"message\":\"h\u00e9llo\"}"u8, Now, out _, out _));
        }
    }

    private static bool Check((int Size, long Time)[] events)
    {
        LogBatchAssembler assembler = NewAssembler();
        List<Batch> batches = [];
        List<(long Time, string Message)> taken = [];
        for (int i = 0; i < events.Length; i++)
        {
            byte[] message = Message(events[i].Size, i);
            if (assembler.TryAppend(events[i].Time, message, Now, out Batch? full, out LossReason? refusal))
            {
                taken.Add((events[i].Time, Encoding.UTF8.GetString(message)));
            }
            else
            {
                Assert.Equal(Expected(events[i].Size, events[i].Time), refusal);
            }

            batches.AddRange(full is null ? [] : [full]);
        }

        batches.AddRange(assembler.Seal(Now) is { } last ? [last] : []);
        (long Time, string Message)[][] requests = [.. batches.Select(PutLogEventsReader.Events)];
        Assert.All(batches.Zip(requests), r => Assert.Null(PutLogEventsReader.BrokenRule(r.First, r.Second)));
        Assert.Equal(events.Count(e => Expected(e.Size, e.Time) is null), taken.Count);
        Assert.Equal(taken.OrderBy(e => e.Time).ThenBy(e => e.Message, StringComparer.Ordinal), requests.SelectMany(r => r)
            .OrderBy(e => e.Time).ThenBy(e => e.Message, StringComparer.Ordinal));
        Assert.All(batches.Zip(requests),
            r => Assert.Equal(r.Second[0].Time, (r.First.Header.AcceptableUntil - TimeSpan.FromDays(14)).ToUnixTimeMilliseconds()));
        batches.ForEach(b => b.Dispose());
        return true;
    }

    private static LossReason? Expected(int size, long time) => size switch
    {
        0 => LossReason.Rejected,
        > MaxMessage => LossReason.TooLarge,
        _ => time <= Present - (14 * 24 * Hour) ? LossReason.TooOld : time > Present + (2 * Hour) ? LossReason.TooNew : null,
    };

    // Distinguishable where there is room, with what must be escaped.
    private static byte[] Message(int size, int number)
    {
        byte[] message = new byte[size];
        message.AsSpan().Fill((byte)"a\"\\\n"[number % 4]);
        byte[] digits = Encoding.ASCII.GetBytes($"{number}");
        digits.AsSpan(0, Math.Min(size, digits.Length)).CopyTo(message);
        return message;
    }

    // How many events each request has for events of these sizes, a minute apart.
    private static List<int> Requests(params int[] sizes)
    {
        LogBatchAssembler assembler = NewAssembler();
        List<Batch> requests = [];
        for (int i = 0; i < sizes.Length; i++)
        {
            Assert.True(assembler.TryAppend(Present - Hour + (i * 60_000), Message(sizes[i], i), Now, out Batch? full, out _));
            requests.AddRange(full is null ? [] : [full]);
        }

        requests.Add(assembler.Seal(Now)!);
        Assert.All(requests, request => Assert.Null(PutLogEventsReader.BrokenRule(request)));
        List<int> counts = [.. requests.Select(request => request.ItemCount)];
        requests.ForEach(request => request.Dispose());
        return counts;
    }

    private static LogBatchAssembler NewAssembler() => new(new LogRoute("/shop", "web \"1\""));
}
