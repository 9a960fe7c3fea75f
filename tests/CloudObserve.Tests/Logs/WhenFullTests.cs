using CloudObserve.Delivery;
using CloudObserve.Logs;
using CloudObserve.Tests.Pipeline.Delivery;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Logs;

/// <summary>Callers that chose to wait for room, and a destination that takes nothing.</summary>
public sealed class WhenFullTests
{
    private const int MaxBufferBytes = 2 * 1024 * 1024;

    [Fact]
    public async Task A_caller_that_chose_to_wait_waits_for_a_destination_that_is_out_and_nothing_is_lost()
    {
        const int most = 20_000, fits = 1_000;
        LogsSignalFixture fixture = new(l =>
        {
            l.BufferBytes = 256 * 1024;
            l.WhenFull = WhenFull.Wait;
            l.WhenFullTimeout = TimeSpan.FromDays(10);
        }, maxBufferBytes: MaxBufferBytes);
        fixture.IsOut = true;
        ILogger logger = fixture.Logger("Shop");
        string text = new('x', 1_000);
        long logged = 0;
        Thread caller = new(() =>
        {
            for (int i = 0; i < most; i++)
            {
                logger.LogInformation("{Text}", text);
                Interlocked.Increment(ref logged);
            }
        })
        {
            IsBackground = true,
        };
        caller.Start();
        await LoopFixture.Until(() => Interlocked.Read(ref logged) >= fits);

        // A caller that does not wait is through before this is over. One that does is held up, however long it is.
        Assert.False(SpinWait.SpinUntil(() => Interlocked.Read(ref logged) == most, TimeSpan.FromMilliseconds(500)));
        Assert.Equal(0, fixture.Signal.Ledger.Snapshot().TotalLost);

        // The pause of the one that knocks is cut short by the clock; when it has arrived the others follow at once.
        fixture.IsOut = false;
        while (fixture.Events.IsEmpty)
        {
            fixture.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        await LoopFixture.Until(() => !caller.IsAlive);
        await fixture.Signal.FlushAsync(CancellationToken.None);
        Assert.Equal((most, most, 0, 0), fixture.Books);
    }

    [Fact]
    public async Task A_caller_that_waits_longer_than_the_time_out_loses_its_event_and_that_is_told()
    {
        LogsSignalFixture fixture = new(l =>
        {
            l.BufferBytes = 256 * 1024;
            l.WhenFull = WhenFull.Wait;
        }, maxBufferBytes: MaxBufferBytes);
        fixture.IsOut = true;
        ILogger logger = fixture.Logger("Shop");
        string text = new('x', 1_000);
        bool stop = false;
        long logged = 0;
        Thread caller = new(() =>
        {
            while (!Volatile.Read(ref stop))
            {
                logger.LogInformation("{Text}", text);
                Interlocked.Increment(ref logged);
            }
        })
        {
            IsBackground = true,
        };
        caller.Start();
        await LoopFixture.Until(() => Interlocked.Read(ref logged) >= 1_000);
        while (fixture.Books.Lost == 0)
        {
            fixture.Time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        Volatile.Write(ref stop, true);
        while (caller.IsAlive)
        {
            fixture.Time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        Task closing = fixture.Signal.CloseAsync(new CancellationToken(canceled: true));
        await closing.WaitAsync(LoopFixture.Safety);
        fixture.Signal.Ledger.TellRest();
        LedgerSnapshot books = fixture.Signal.Ledger.Snapshot();
        await LoopFixture.Until(() => fixture.Reports.Losses.Sum(l => l.Count) == books.TotalLost);
        Assert.Equal([LossReason.BufferFull, LossReason.ShutdownDeadline], books.Lost.Keys.OrderBy(r => r.Name, StringComparer.Ordinal));
        Assert.Equal(0, books.InFlight);
    }
}
