using System.Runtime.CompilerServices;
using CloudObserve.Pipeline.Buffering;
using CloudObserve.Testing;

namespace CloudObserve.Tests.Pipeline.Buffering;

public sealed class RingReaderWaitTests : IDisposable
{
    private const int Threshold = 128;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private static readonly TimeSpan Safety = TimeSpan.FromSeconds(60);

    private readonly ManualTimeProvider _time = new();
    private readonly ByteRing _ring = new(1024);
    private readonly RingReaderWait _wait;

    public RingReaderWaitTests() => _wait = new RingReaderWait(_ring, Threshold, _time);

    public void Dispose() => _wait.Dispose();

    [Fact]
    public void A_wait_ends_when_its_interval_is_over_and_not_before()
    {
        StartedWait wait = Wait();
        _time.Advance(Interval - Tick);
        Assert.False(wait.IsOver);

        _time.Advance(Tick);
        Assert.True(wait.IsOver);
        wait.End();

        wait = Wait();
        _time.Advance(Interval - Tick);
        Assert.False(wait.IsOver);
        _time.Advance(Tick);
        wait.End();
    }

    [Fact]
    public void Only_the_record_that_fills_the_threshold_ends_the_wait()
    {
        StartedWait wait = Wait();
        for (int used = 0; used < Threshold; used += 32)
        {
            Assert.False(wait.IsOver);
            Write(24);
        }

        Assert.True(wait.IsOver);
        wait.End();

        // The rest of the burst says nothing more: what it wrote is seen by looking.
        Write(24);
        Drain();
        Assert.False(Wait().IsOver);
    }

    [Fact]
    public void The_threshold_counts_from_where_the_reader_stands()
    {
        for (int i = 0; i < 20; i++)
        {
            StartedWait wait = Wait();
            Write(56);
            Assert.False(wait.IsOver);
            Write(56);
            wait.End();
            Drain();
        }
    }

    [Fact]
    public void A_wait_for_what_is_there_already_ends_at_once()
    {
        Write(60);
        Write(60);

        StartedWait wait = Wait();

        Assert.True(wait.IsOver);
        wait.End();
    }

    [Fact]
    public void A_wake_up_ends_the_wait_or_the_next_one_but_not_both()
    {
        StartedWait wait = Wait();
        _wait.Wake();
        Assert.True(wait.IsOver);
        wait.End();

        _wait.Wake();
        _wait.Wake();
        wait = Wait();
        Assert.True(wait.IsOver);
        wait.End();

        Assert.False(Wait().IsOver);
    }

    [Fact]
    public void While_a_writer_is_in_the_middle_the_reader_looks_again_soon()
    {
        Assert.True(_ring.TryClaim(24, out RingClaim claim));
        StartedWait wait = Wait(Timeout.InfiniteTimeSpan);
        _ring.Publish(claim);
        _wait.Written(claim);
        Assert.False(wait.IsOver);

        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(wait.IsOver);
        wait.End();
    }

    [Fact]
    public void A_writer_that_is_held_up_does_not_make_the_reader_spin()
    {
        Assert.True(_ring.TryClaim(24, out RingClaim claim));
        for (int i = 0; i < 4; i++)
        {
            Write(56);
        }

        for (int i = 0; i < 3; i++)
        {
            Assert.False(_ring.TryRead(out _));
            StartedWait wait = Wait();
            Assert.False(wait.IsOver);
            _time.Advance(TimeSpan.FromMilliseconds(1));
            wait.End();
        }

        _ring.Publish(claim);
        Wait().End();
    }

    [Fact]
    public void An_endless_wait_keeps_no_timer()
    {
        StartedWait wait = Wait(Timeout.InfiniteTimeSpan);

        Assert.Equal(0, _time.ActiveTimers);
        Assert.False(wait.IsOver);
    }

    [Fact]
    public void A_cancelled_wait_throws_and_leaves_the_next_one_alone()
    {
        using CancellationTokenSource source = new();
        StartedWait wait = Wait(Interval, source.Token);
        source.Cancel();
        Assert.True(wait.IsOver);
        Assert.Equal(source.Token, Assert.Throws<OperationCanceledException>(() => wait.End()).CancellationToken);

        wait = Wait();
        Assert.False(wait.IsOver);
        _wait.Wake();
        wait.End();

        wait = Wait(Interval, source.Token);
        Assert.Throws<OperationCanceledException>(() => wait.End());
    }

    [Fact]
    public void A_wait_that_ended_is_not_cancelled_later()
    {
        using CancellationTokenSource source = new();
        StartedWait wait = Wait(Interval, source.Token);
        _wait.Wake();
        wait.End();

        wait = Wait();
        source.Cancel();
        Assert.False(wait.IsOver);
    }

    [Fact]
    public void The_reader_does_not_run_on_the_thread_that_woke_it()
    {
        using ManualResetEventSlim resumed = new();
        int reader = 0;
        StartedWait wait = Wait();
        wait.ThenRun(() =>
        {
            reader = Environment.CurrentManagedThreadId;
            resumed.Set();
        });
        Thread writer = new(_wait.Wake);
        writer.Start();
        writer.Join();

        Assert.True(resumed.Wait(Safety));
        Assert.NotEqual(writer.ManagedThreadId, reader);
    }

    [Fact]
    public void Waiting_and_waking_allocate_nothing()
    {
        using CancellationTokenSource source = new();
        WaitAndWake(source.Token);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            WaitAndWake(source.Token);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1025)]
    public void A_threshold_that_is_never_or_always_reached_is_refused(int threshold) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RingReaderWait(_ring, threshold, _time));

    /// <remarks>
    /// Writer and reader take turns, and nothing but the wait tells the reader of its turn: one wake-up missed, and both wait for ever.
    /// </remarks>
    [Fact]
    public async Task No_wake_up_is_missed_however_close_writing_and_waiting_fall()
    {
        const int turns = 5_000;
        ByteRing ring = new(256);
        using RingReaderWait wait = new(ring, 8, TimeProvider.System);
        using CancellationTokenSource stop = new(Safety);
        Thread writer = new(() =>
        {
            for (int i = 0; i < turns && !stop.IsCancellationRequested; i++)
            {
                long end = WriteTo(ring, wait, 0);
                while (ring.Head < end && !stop.IsCancellationRequested)
                {
                    Thread.Yield();
                }
            }
        })
        { IsBackground = true };
        writer.Start();

        int read = 0;
        while (read < turns)
        {
            read += DrainFrom(ring);
            if (read < turns)
            {
                await wait.WaitAsync(Timeout.InfiniteTimeSpan, stop.Token);
            }
        }

        writer.Join();
        Assert.Equal(turns, read);
    }

    [Fact]
    public async Task Writers_that_meet_a_full_ring_and_wake_the_reader_get_everything_through()
    {
        const int threads = 4, each = 5_000;
        ByteRing ring = new(1024);
        using RingReaderWait wait = new(ring, ring.Capacity / 2, TimeProvider.System);
        using CancellationTokenSource stop = new(Safety);
        int left = threads;
        Thread[] writers = [.. Enumerable.Range(0, threads).Select(w => new Thread(() =>
        {
            for (int i = 0; i < each && !stop.IsCancellationRequested; i++)
            {
                _ = WriteTo(ring, wait, i % 200);
            }

            Interlocked.Decrement(ref left);
            wait.Wake();
        }) { IsBackground = true })];
        Array.ForEach(writers, t => t.Start());

        int read = 0;
        while (true)
        {
            bool last = Volatile.Read(ref left) == 0;
            read += DrainFrom(ring);
            if (last)
            {
                break;
            }

            await wait.WaitAsync(Timeout.InfiniteTimeSpan, stop.Token);
        }

        Array.ForEach(writers, t => t.Join());
        Assert.Equal(threads * each, read);
    }

    private StartedWait Wait() => Wait(Interval);

    private StartedWait Wait(TimeSpan interval, CancellationToken token = default) => new(_wait.WaitAsync(interval, token));

    private void Write(int length) => _ = WriteTo(_ring, _wait, length);

    private void Drain() => _ = DrainFrom(_ring);

    private void WaitAndWake(CancellationToken token)
    {
        StartedWait wait = Wait(Interval, token);
        Write(60);
        Write(60);
        Assert.True(wait.IsOver);
        wait.End();
        Drain();
    }

    private static long WriteTo(ByteRing ring, RingReaderWait wait, int length)
    {
        RingClaim claim;
        while (!ring.TryClaim(length, out claim))
        {
            wait.Wake();
            Thread.Yield();
        }

        ring.Publish(claim);
        wait.Written(claim);
        return claim.End;
    }

    private static int DrainFrom(ByteRing ring)
    {
        int read = 0;
        while (ring.TryRead(out _))
        {
            read++;
        }

        ring.Release();
        return read;
    }

    /// <summary>
    /// A wait that a test looks at twice: whether it is over, and what came of it. To ask for the result too early throws.
    /// </summary>
    private readonly struct StartedWait(ValueTask wait)
    {
        private readonly ValueTaskAwaiter _awaiter = wait.GetAwaiter();

        internal bool IsOver => _awaiter.IsCompleted;

        internal void End() => _awaiter.GetResult();

        internal void ThenRun(Action continuation) => _awaiter.UnsafeOnCompleted(continuation);
    }
}
