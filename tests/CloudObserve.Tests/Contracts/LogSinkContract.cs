using CloudObserve.Delivery;
using CloudObserve.Sinks;

namespace CloudObserve.Tests.Contracts;

/// <summary>The contract of every <see cref="IBatchSink"/> for PutLogEvents batches. Derive a test class from it for each sink.</summary>
public abstract class LogSinkContract : SinkContract
{
    /// <summary>A group that the sink is told to create with a retention of one day.</summary>
    private protected const string ShortLived = "/contract/short-lived";

    private const int Overhead = 26;
    private const int MaxBatchBytes = 1_048_576;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // By name, for the batches themselves are too long to be shown.
    private static readonly Dictionary<string, Func<DateTimeOffset, Batch>> Broken = new()
    {
        ["no events"] = _ => LogBatch.Of(""),
        ["10,001 events"] = now => LogBatch.Of(LogBatch.Events(10_001, now)),
        ["out of order by a millisecond"] = now => LogBatch.Of(LogBatch.Event(now), LogBatch.Event(now.AddMilliseconds(-1))),
        ["a span of 24 hours and a millisecond"] =
            now => LogBatch.Of(LogBatch.Event(now.AddDays(-1).AddMilliseconds(-1)), LogBatch.Event(now)),
        ["one byte too many in one event"] = now => LogBatch.Of(LogBatch.Event(now, new string('m', MaxBatchBytes - Overhead + 1))),
        ["one byte too many in all"] =
            now => LogBatch.Of(LogBatch.Event(now), LogBatch.Event(now, new string('m', MaxBatchBytes - (2 * Overhead) - 6))),
        ["too many bytes in few characters"] = now => LogBatch.Of(LogBatch.Event(now, new string('é', (MaxBatchBytes / 2) + 1))),
        ["an empty message"] = now => LogBatch.Of(LogBatch.Event(now), LogBatch.Event(now, "")),
        ["no message"] = now => LogBatch.Of($$"""{"timestamp":{{now.ToUnixTimeMilliseconds()}}}"""),
        ["a message that is no text"] = now => LogBatch.Of($$"""{"timestamp":{{now.ToUnixTimeMilliseconds()}},"message":5}"""),
        ["no timestamp"] = _ => LogBatch.Of("""{"message":"started"}"""),
        ["a group without a name"] = now => LogBatch.In("", LogBatch.Stream, LogBatch.Event(now)),
        ["a group of 513 characters"] = now => LogBatch.In(new string('g', 513), LogBatch.Stream, LogBatch.Event(now)),
        ["a group with a blank"] = now => LogBatch.In("my shop", LogBatch.Stream, LogBatch.Event(now)),
        ["a group with a colon"] = now => LogBatch.In("shop:1", LogBatch.Stream, LogBatch.Event(now)),
        ["a group of AWS's own"] = now => LogBatch.In("aws/shop", LogBatch.Stream, LogBatch.Event(now)),
        ["a stream without a name"] = now => LogBatch.In(LogBatch.Group, "", LogBatch.Event(now)),
        ["a stream of 513 characters"] = now => LogBatch.In(LogBatch.Group, new string('s', 513), LogBatch.Event(now)),
        ["a stream with a colon"] = now => LogBatch.In(LogBatch.Group, "host:1", LogBatch.Event(now)),
        ["a stream with a star"] = now => LogBatch.In(LogBatch.Group, "host*", LogBatch.Event(now)),
    };

    private static readonly Dictionary<string, Func<DateTimeOffset, Batch>> AtTheLimit = new()
    {
        ["10,000 events"] = now => LogBatch.Of(LogBatch.Events(10_000, now)),
        ["all bytes in one event"] = now => LogBatch.Of(LogBatch.Event(now, new string('m', MaxBatchBytes - Overhead))),
        ["all bytes in two events"] =
            now => LogBatch.Of(LogBatch.Event(now), LogBatch.Event(now, new string('m', MaxBatchBytes - (2 * Overhead) - 7))),
        ["a span of 24 hours"] = now => LogBatch.Of(LogBatch.Event(now.AddDays(-1)), LogBatch.Event(now)),
        ["14 days old"] = now => LogBatch.Of(LogBatch.Event(now.AddDays(-14))),
        ["two hours ahead"] = now => LogBatch.Of(LogBatch.Event(now.AddHours(2))),
        ["as old as the retention"] = now => LogBatch.In(ShortLived, LogBatch.Stream, LogBatch.Event(now.AddDays(-1))),
        ["names of 512 characters"] = now => LogBatch.In(new string('g', 512), new string('s', 512), LogBatch.Event(now)),
        ["every kind of character in the names"] = now => LogBatch.In("/aws/Shop_1-a.b#c", "host/1 [é] $LATEST", LogBatch.Event(now)),
        ["escapes that count once"] = now => LogBatch.Of(LogBatch.Event(now, new string('\n', MaxBatchBytes - Overhead))),
    };

    private DateTimeOffset Now => Clock.GetUtcNow();

    public static TheoryData<string> Refused => [.. Broken.Keys];

    public static TheoryData<string> Taken => [.. AtTheLimit.Keys];

    [Fact]
    public async Task A_valid_batch_arrives_whole_and_in_order()
    {
        string[] messages = ["started", "línea \"dos\"\n\ttab", """{"level":"warn","ms":812}""", "😀", "same time"];
        await Arrives(LogBatch.Of([.. messages.Select((m, i) => LogBatch.Event(Now.AddMilliseconds(Math.Min(i, 3)), m))]));

        Assert.Equal(
            messages.Select((m, i) => (LogBatch.Group, LogBatch.Stream, Now.AddMilliseconds(Math.Min(i, 3)), m)),
            AcceptedEvents());
    }

    [Theory]
    [MemberData(nameof(Taken))]
    public async Task The_limits_themselves_are_allowed(string which)
    {
        Batch batch = AtTheLimit[which](Now);
        int count = batch.ItemCount;
        await Arrives(batch);

        Assert.Equal(count, AcceptedEvents().Count);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Content_that_breaks_a_rule_is_invalid_and_nothing_of_it_is_kept(string which)
    {
        using Batch batch = Broken[which](Now);

        SendResult result = await Sink.SendAsync(batch, CancellationToken.None);

        Assert.True(result.Error == ErrorClass.Invalid, result.ToString());
        Assert.NotEmpty(result.Code);
        Assert.NotEmpty(result.Message);
        Assert.Empty(AcceptedEvents());
    }

    [Fact]
    public async Task Events_too_old_are_dropped_and_told_with_what_they_weigh_and_those_too_new_get_the_present_time()
    {
        DateTimeOffset[] times =
        [
            Now.AddDays(-20), Now.AddDays(-14).AddMilliseconds(-1), Now.AddHours(-1), Now, Now.AddHours(2), Now.AddHours(2)
                .AddMilliseconds(1), Now.AddDays(1),
        ];
        using Batch batch = LogBatch.Weighing(
            [1, 2, 4, 8, 16, 32, 64], LogBatch.Group, LogBatch.Stream, [.. times.Select((t, i) => LogBatch.Event(t, $"event {i}"))]);

        SendResult result = await Sink.SendAsync(batch, CancellationToken.None);

        Assert.Equal(ErrorClass.None, result.Error);
        Assert.Equal([new RejectedItems(0, 2, LossReason.TooOld)], result.Rejected);
        Assert.Equal([1 + 2], result.Rejected.Select(run => batch.WeightOf(run.Start, run.Count)));
        Assert.Equal(["event 2", "event 3", "event 4", "event 5", "event 6"], AcceptedEvents().Select(e => e.Message).Order());
    }

    [Fact]
    public async Task A_batch_of_which_nothing_is_valid_is_told_as_such()
    {
        using Batch old = LogBatch.Of(LogBatch.Event(Now.AddDays(-15)), LogBatch.Event(Now.AddDays(-15)));
        using Batch early = LogBatch.Of(LogBatch.Event(Now.AddDays(1)));

        Assert.Equal([new RejectedItems(0, 2, LossReason.TooOld)], (await Sink.SendAsync(old, CancellationToken.None)).Rejected);
        Assert.Empty(AcceptedEvents());
        Assert.Empty((await Sink.SendAsync(early, CancellationToken.None)).Rejected);
        Assert.Single(AcceptedEvents());
    }

    [Fact]
    public async Task Events_that_the_groups_retention_has_passed_are_dropped_as_too_old()
    {
        using Batch batch = LogBatch.In(
            ShortLived,
            LogBatch.Stream,
            LogBatch.Event(Now.AddDays(-15)),
            LogBatch.Event(Now.AddDays(-1).AddMilliseconds(-1)),
            LogBatch.Event(Now.AddDays(-1), "just in time"));

        SendResult result = await Sink.SendAsync(batch, CancellationToken.None);

        Assert.Equal([new RejectedItems(0, 2, LossReason.TooOld)], result.Rejected);
        Assert.Equal("just in time", Assert.Single(AcceptedEvents()).Message);
    }

    [Fact]
    public async Task Halving_finds_the_event_at_fault_and_delivers_the_rest()
    {
        using Batch whole = LogBatch.Of([.. Enumerable.Range(0, 4).Select(i => LogBatch.Event(Now, i == 2 ? "" : $"event {i}"))]);
        List<ErrorClass> answers = [];
        foreach ((int start, int count) in new[] { (0, 4), (0, 2), (2, 2), (2, 1), (3, 1) })
        {
            using Batch part = whole.Slice(start, count);
            answers.Add((await Sink.SendAsync(part, CancellationToken.None)).Error);
        }

        Assert.Equal([ErrorClass.Invalid, ErrorClass.None, ErrorClass.Invalid, ErrorClass.Invalid, ErrorClass.None], answers);
        Assert.Equal(["event 0", "event 1", "event 3"], AcceptedEvents().Select(e => e.Message));
    }

    [Fact]
    public async Task Concurrent_sends_to_a_stream_that_is_new_arrive_once_each()
    {
        const int Senders = 16;
        using Barrier together = new(Senders);

        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Factory.StartNew(
            async () =>
            {
                together.SignalAndWait(Patience);
                await Arrives(LogBatch.Of(LogBatch.Event(Now, $"first of {sender}"), LogBatch.Event(Now, $"second of {sender}")));
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap())).WaitAsync(Patience);

        Assert.Equal(
            Enumerable.Range(0, Senders).SelectMany(s => new[] { $"first of {s}", $"second of {s}" }).Order(),
            AcceptedEvents().Select(e => e.Message).Order());
    }

    [Fact]
    public async Task Concurrent_sends_to_many_new_streams_of_new_groups_neither_lose_nor_mix_events()
    {
        (string Group, string Stream)[] destinations =
            [.. from g in Enumerable.Range(0, 3) from s in Enumerable.Range(0, 4) select ($"/contract/{g}", $"host/{s}")];

        await Task.WhenAll(destinations.SelectMany(d => Enumerable.Range(0, 3).Select(_ => Task.Run(
            () => Arrives(LogBatch.In(d.Group, d.Stream, LogBatch.Event(Now, $"{d.Group} {d.Stream}"))))))).WaitAsync(Patience);

        Assert.All(AcceptedEvents(), e => Assert.Equal($"{e.Group} {e.Stream}", e.Message));
        Assert.Equal(destinations.Order(), AcceptedEvents().GroupBy(e => (e.Group, e.Stream)).Where(g => g.Count() == 3).Select(g => g.Key)
            .Order());
    }

    [Fact]
    public async Task An_attempt_that_is_cancelled_beforehand_delivers_nothing()
    {
        using Batch batch = LogBatch.Of(LogBatch.Event(Now));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Sink.SendAsync(batch, new CancellationToken(canceled: true)).AsTask());

        Assert.Empty(AcceptedEvents());
    }

    /// <summary>Makes the sink under test. It, or what it delivers to, judges timestamps by this clock.</summary>
    private protected abstract IBatchSink CreateSink(TimeProvider time, Func<string, LogGroupSettings> settings);

    private protected sealed override IBatchSink CreateSink() => CreateSink(Clock, SettingsOf);

    /// <summary>Reads back what arrived where the sink delivers to, in order within each stream.</summary>
    private protected abstract IReadOnlyList<(string Group, string Stream, DateTimeOffset Time, string Message)> AcceptedEvents();

    private static LogGroupSettings SettingsOf(string group) =>
        group == ShortLived ? LogGroupSettings.None with { RetentionInDays = 1 } : LogGroupSettings.None;
}
