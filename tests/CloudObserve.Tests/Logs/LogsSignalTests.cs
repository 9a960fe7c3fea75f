using System.Buffers;
using System.Text.Json;
using CloudObserve.Delivery;
using CloudObserve.Logs;
using Microsoft.Extensions.Logging;
using Fixture = CloudObserve.Tests.Logs.LogsSignalFixture;
using Formatter = CloudObserve.Tests.Logs.LogsSignalFixture.Formatter;

namespace CloudObserve.Tests.Logs;

public sealed class LogsSignalTests
{
    private static readonly ManualResetEventSlim Never = new();

    [Fact]
    public async Task What_is_logged_arrives_in_order_with_its_level_category_and_values()
    {
        Fixture fixture = new();
        ILogger logger = fixture.Logger("Shop.Checkout");
        logger.LogInformation("Order {OrderId} of {Total}", 17, 12.5);
        logger.LogError(new InvalidOperationException("declined"), "Payment failed");

        await fixture.Signal.FlushAsync(CancellationToken.None);

        JsonElement[] events = [.. fixture.Events.Select(e => e.Message)];
        Assert.Equal(["Order 17 of 12.5", "Payment failed"], events.Select(e => e.GetProperty("message").GetString()!));
        Assert.Equal(["Information", "Error"], events.Select(e => e.GetProperty("level").GetString()!));
        Assert.All(events, e => Assert.Equal("Shop.Checkout", e.GetProperty("category").GetString()));
        Assert.Equal("declined", events[1].GetProperty("exception").GetProperty("message").GetString());
        Assert.All(fixture.Events, e => Assert.Equal(("/app/Test", "one"), (e.Group, e.Stream)));
        Assert.Equal((2, 2, 0, 0), fixture.Books);
    }

    [Fact]
    public async Task An_event_waits_no_longer_than_the_interval()
    {
        Fixture fixture = new();
        fixture.Logger("Shop").LogInformation("Waiting");

        // Whether the reader waits already or is about to, an interval's end comes.
        while (fixture.Events.IsEmpty)
        {
            fixture.Time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        _ = Assert.Single(fixture.Events);
    }

    [Fact]
    public async Task An_event_of_the_flush_level_hurries_and_takes_along_what_waits()
    {
        Fixture fixture = new(l => l.FlushLevel = LogLevel.Error);
        fixture.Logger("Shop").LogInformation("Waiting");
        fixture.Logger("Shop").LogError("Hurry");

        await fixture.ArrivedAsync(2);
    }

    [Fact]
    public async Task A_full_buffer_drops_the_newest_counts_them_and_says_so_in_the_stream()
    {
        Fixture fixture = new(l => l.BufferBytes = 256 * 1024, start: false);
        ILogger logger = fixture.Logger("Shop");
        string text = new('x', 1_000);
        for (int i = 0; i < 1_000; i++)
        {
            logger.LogInformation("{Text}", text);
        }

        fixture.Signal.Start();
        await fixture.Signal.FlushAsync(CancellationToken.None);

        LedgerSnapshot books = fixture.Signal.Ledger.Snapshot();
        long dropped = books.Lost[LossReason.BufferFull];
        Assert.InRange(dropped, 1, 999);
        Assert.Equal(1_001, books.Accepted);
        Assert.Equal(1_001 - dropped, books.Delivered);
        string notice = fixture.Events.Last().Message.GetProperty("message").GetString()!;
        Assert.StartsWith($"{dropped} events were dropped", notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_leave_the_process_redacted()
    {
        Fixture fixture = new();
        fixture.Logger("Shop").LogInformation("Signed in with {Password} and AKIAIOSFODNN7EXAMPLE", "hunter2hunter2");

        await fixture.Signal.FlushAsync(CancellationToken.None);

        string sent = fixture.Events.Single().Message.GetRawText();
        Assert.DoesNotContain("AKIAIOSFODNN7EXAMPLE", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("\"hunter2hunter2\"", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_formatter_that_throws_costs_its_event_only()
    {
        int formatted = 0;
        Fixture fixture = new(formatter: new Formatter((logEvent, output) =>
        {
            if (++formatted == 2)
            {
                throw new InvalidOperationException("no");
            }

            new JsonLogEventFormatter().Format(logEvent, output);
        }));
        for (int i = 0; i < 3; i++)
        {
            fixture.Logger("Shop").LogInformation("Event {Number}", i);
        }

        await fixture.Signal.FlushAsync(CancellationToken.None);

        Assert.Equal((3, 2, 1, 0), fixture.Books);
        Assert.Contains(fixture.Reports.Misuses, m => m.Reason == nameof(LogLossReasons.FormatterFailed));
    }

    [Fact]
    public async Task A_formatter_that_hangs_costs_its_event_only_and_is_asked_again_when_it_has_returned()
    {
        using ManualResetEventSlim hanging = new();
        using ManualResetEventSlim returns = new();
        int formatted = 0;
        Fixture fixture = new(
            l => l.FlushInterval = TimeSpan.FromMinutes(5),
            new Formatter((logEvent, output) =>
            {
                if (++formatted == 2)
                {
                    hanging.Set();
                    returns.Wait();
                }

                output.Write("{\"mine\":true}"u8);
            }));
        Log(fixture, 4);
        Task flush = Task.Run(() => fixture.Signal.FlushAsync(CancellationToken.None));
        hanging.Wait();
        while (!flush.IsCompleted)
        {
            fixture.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await flush;
        Assert.Equal((4, 3, 1, 0), fixture.Books);
        Assert.Equal([true, false, false], fixture.Events.Select(e => e.Message.TryGetProperty("mine", out _)));
        Assert.Contains(fixture.Reports.Misuses, m => m.Reason == nameof(LogLossReasons.FormatterFailed) && m.Subject == nameof(Formatter));

        Log(fixture, 1);
        await fixture.Signal.FlushAsync(CancellationToken.None);
        Assert.False(fixture.Events.Last().Message.TryGetProperty("mine", out _));

        returns.Set();
        while (!fixture.Events.Last().Message.TryGetProperty("mine", out _))
        {
            Log(fixture, 1);
            await fixture.Signal.FlushAsync(CancellationToken.None);
        }

        Assert.Equal(0, fixture.Books.InFlight);
    }

    [Fact]
    public async Task A_formatter_that_hangs_for_ever_does_not_hold_up_the_end()
    {
        using ManualResetEventSlim hanging = new();
        Fixture fixture = new(formatter: new Formatter((_, _) =>
        {
            hanging.Set();
            Never.Wait();
        }));
        Log(fixture, 100);
        Task close = Task.Run(() => fixture.Signal.CloseAsync(CancellationToken.None));
        hanging.Wait();
        while (!close.IsCompleted)
        {
            fixture.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await close;
        Assert.Equal((100, 99, 1, 0), fixture.Books);
    }

    [Fact]
    public async Task A_formatter_that_writes_without_an_end_costs_its_event_only()
    {
        int formatted = 0;
        Fixture fixture = new(formatter: new Formatter((logEvent, output) =>
        {
            bool endless = ++formatted == 1;
            do
            {
                output.Write("{\"mine\":true}"u8);
            }
            while (endless);
        }));
        Log(fixture, 2);

        await fixture.Signal.FlushAsync(CancellationToken.None);

        Assert.Equal((2, 1, 1, 0), fixture.Books);
    }

    [Fact]
    public async Task Events_for_a_formatter_of_the_application_arrive_in_order_whatever_comes_between()
    {
        Fixture fixture = new(formatter: new Formatter((logEvent, output) => new JsonLogEventFormatter().Format(logEvent, output)));
        for (int i = 0; i < 100; i++)
        {
            fixture.Logger("Shop").LogInformation("{Number}", i);
            if (i % 7 == 0)
            {
                fixture.Logger("Shop")
                    .LogInformation("{Document}", $$"""{"_aws":{"Timestamp":1,"CloudWatchMetrics":[]},"message":"{{i}}"}""");
            }
        }

        await fixture.Signal.FlushAsync(CancellationToken.None);

        Assert.Equal(
            Enumerable.Range(0, 100).SelectMany(i => i % 7 == 0 ? new[] { $"{i}", $"{i}" } : [$"{i}"]),
            fixture.Events.Select(e => e.Message.GetProperty("message").GetString()!));
    }

    private static void Log(Fixture fixture, int count)
    {
        for (int i = 0; i < count; i++)
        {
            fixture.Logger("Shop").LogInformation("Event {Number}", i);
        }
    }

    [Fact]
    public async Task The_library_does_not_log_into_itself()
    {
        Fixture fixture = new();
        fixture.Logger("CloudObserve.Delivery").LogError("Never");
        fixture.Logger("CloudObserve").LogError("Never");

        await fixture.Signal.FlushAsync(CancellationToken.None);

        Assert.Empty(fixture.Events);
    }

    [Fact]
    public async Task Sixteen_threads_that_log_while_the_host_stops_lose_no_event_unseen()
    {
        for (int round = 0; round < 100; round++)
        {
            Fixture fixture = new();
            ILogger logger = fixture.Logger("Shop");
            long logged = 0;
            bool stop = false;
            Thread[] threads = [.. Enumerable.Range(0, 16).Select(t => new Thread(() =>
            {
                // Not more than the buffer holds, however late the reader comes: the end is tested here, not a full buffer.
                for (int i = 0; i < 1_500 && !Volatile.Read(ref stop); i++)
                {
                    logger.LogInformation("Thread {Thread} event {Number}", t, i);
                    Interlocked.Increment(ref logged);
                    Thread.Yield();
                }
            }))];
            Array.ForEach(threads, t => t.Start());
            Thread.Yield();
            await fixture.Signal.CloseAsync(CancellationToken.None);
            Volatile.Write(ref stop, true);
            Array.ForEach(threads, t => t.Join());

            LedgerSnapshot books = fixture.Signal.Ledger.Snapshot();
            Assert.Equal(Interlocked.Read(ref logged), books.Accepted);
            Assert.Equal(0, books.InFlight);
            Assert.Equal(books.Delivered, fixture.Events.Count);
            Assert.All(books.Lost.Keys, reason => Assert.Equal(LossReason.Closed, reason));
            Assert.Equal(0, fixture.Time.ActiveTimers);
            AssertInOrderPerThread(fixture);
        }
    }

    private static void AssertInOrderPerThread(Fixture fixture)
    {
        Dictionary<int, int> next = [];
        foreach ((_, _, JsonElement message) in fixture.Events)
        {
            JsonElement values = message.GetProperty("values");
            int thread = values.GetProperty("Thread").GetInt32();
            Assert.Equal(next.GetValueOrDefault(thread), values.GetProperty("Number").GetInt32());
            next[thread] = next.GetValueOrDefault(thread) + 1;
        }
    }
}
