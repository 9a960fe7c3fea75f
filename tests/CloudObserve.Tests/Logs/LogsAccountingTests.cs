using CloudObserve.Delivery;
using CloudObserve.Tests.Pipeline.Delivery;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Logs;

/// <summary>The books of the logs: right at any time, and nothing is lost in silence.</summary>
public sealed class LogsAccountingTests
{
    [Fact]
    public void What_lies_in_the_buffer_is_accepted_and_in_flight()
    {
        LogsSignalFixture fixture = new(start: false);
        for (int i = 0; i < 16; i++)
        {
            fixture.Logger("Shop").LogInformation("Event {Number}", i);
        }

        Assert.Equal((16, 0, 0, 16), fixture.Books);
    }

    [Fact]
    public async Task At_any_time_what_was_logged_is_accepted_and_nothing_is_less_than_in_flight()
    {
        LogsSignalFixture fixture = new(l => l.BufferBytes = 256 * 1024);
        ILogger logger = fixture.Logger("Shop");
        long logged = 0;
        Thread[] threads = [.. Enumerable.Range(0, 8).Select(t => new Thread(() =>
        {
            for (int i = 0; i < 5_000; i++)
            {
                logger.LogInformation("Thread {Thread} event {Number}", t, i);
                Interlocked.Increment(ref logged);
            }
        }))];
        Array.ForEach(threads, t => t.Start());
        for (long before = 0; before < 8 * 5_000;)
        {
            before = Interlocked.Read(ref logged);
            LedgerSnapshot books = fixture.Signal.Ledger.Snapshot();
            Assert.InRange(books.InFlight, 0, long.MaxValue);
            Assert.InRange(books.Accepted, before, long.MaxValue);
            Assert.Equal(books.Accepted, books.Delivered + books.TotalLost + books.InFlight);
        }

        Array.ForEach(threads, t => t.Join());
        await fixture.Signal.CloseAsync(CancellationToken.None);
        Assert.Equal(0, fixture.Books.InFlight);
    }

    [Fact]
    public async Task Events_that_find_the_buffer_full_are_told()
    {
        LogsSignalFixture fixture = new(l => l.BufferBytes = 256 * 1024, start: false);
        ILogger logger = fixture.Logger("Shop");
        for (int i = 0; i < 1_000; i++)
        {
            logger.LogInformation("{Text}", new string('x', 1_000));
        }

        fixture.Signal.Start();
        await fixture.Signal.FlushAsync(CancellationToken.None);
        fixture.Signal.Ledger.TellRest();
        LedgerSnapshot books = fixture.Signal.Ledger.Snapshot();
        await LoopFixture.Until(() => fixture.Reports.Losses.Sum(l => l.Count) == books.TotalLost);

        Assert.InRange(books.TotalLost, 1, 999);
        Assert.Equal(books.Lost[LossReason.BufferFull], fixture.Reports.Losses.Where(l => l.Reason == nameof(LossReason.BufferFull))
            .Sum(l => l.Count));
    }
}
