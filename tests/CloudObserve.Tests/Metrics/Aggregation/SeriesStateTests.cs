using CloudObserve.Metrics;
using CloudObserve.Metrics.Aggregation;

namespace CloudObserve.Tests.Metrics.Aggregation;

public sealed class SeriesStateTests
{
    private const int Writers = 8;

    /// <remarks>
    /// The invariant: whatever the writers put is drained exactly once, with its own value, over any number of period edges. Each writer
    /// puts values that no other writer puts, so a sample lost, doubled or torn between count and sum shows in the totals.
    /// </remarks>
    [Fact]
    public void Eight_writers_over_thousands_of_period_edges_lose_and_double_no_sample()
    {
        const int edges = 5_000;
        SeriesState series = NewSeries();
        long[] put = new long[Writers];
        bool stop = false;
        Thread[] threads = [.. Enumerable.Range(0, Writers).Select(w => new Thread(() => put[w] = PutUntil(series, w + 1, ref stop)))];
        Array.ForEach(threads, t => t.Start());

        ValueTable collected = new();
        int crossed = 0;
        while (crossed < edges)
        {
            long before = collected.Count;
            series.Drain_CollectorOnly(collected.Merge);

            // Only an edge with samples before it proves anything.
            crossed += collected.Count > before ? 1 : 0;
            Thread.Yield();
        }

        Volatile.Write(ref stop, true);
        Array.ForEach(threads, t => t.Join());
        series.Drain_CollectorOnly(collected.Merge);

        Dictionary<double, long> counts = CountsByValue(collected);
        for (int w = 0; w < Writers; w++)
        {
            Assert.Equal(put[w], counts[w + 1] + counts[-(w + 1)]);
            Assert.InRange(counts[w + 1] - counts[-(w + 1)], 0, 1);
        }

        Assert.Equal(put.Sum(), series.Total);
    }

    [Fact]
    public void Writers_that_meet_a_closing_series_are_either_drained_or_told()
    {
        for (int round = 0; round < 500; round++)
        {
            SeriesState series = NewSeries();
            ValueTable collected = new();
            long taken = 0;
            using Barrier start = new(Writers + 1);
            Thread[] threads = Enumerable.Range(0, Writers).Select(_ => new Thread(() =>
            {
                start.SignalAndWait();
                while (series.TryPut(1))
                {
                    Interlocked.Increment(ref taken);
                }
            })).ToArray();
            Array.ForEach(threads, t => t.Start());
            start.SignalAndWait();
            series.Drain_CollectorOnly(collected.Merge);
            series.Close_CollectorOnly(collected.Merge);
            Array.ForEach(threads, t => t.Join());

            Assert.Equal(Volatile.Read(ref taken), collected.Count);
            Assert.Equal(Volatile.Read(ref taken), series.Total);
        }
    }

    [Fact]
    public void A_closed_series_takes_no_sample()
    {
        SeriesState series = NewSeries();
        Assert.True(series.TryPut(1));
        ValueTable collected = new();
        series.Close_CollectorOnly(collected.Merge);
        series.Close_CollectorOnly(collected.Merge);

        Assert.False(series.TryPut(1));
        Assert.Equal(1, collected.Count);
        Assert.Equal(1, series.Total);
    }

    [Fact]
    public void Putting_a_sample_allocates_nothing()
    {
        SeriesState series = NewSeries();
        Assert.True(series.TryPut(1));

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++)
        {
            _ = series.TryPut(1);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_stripe_fills_two_cache_lines_so_that_no_two_cells_share_one()
    {
        long table = SizeOf(static () => new ValueTable());
        long stripe = SizeOf(static () => Stripe.CreateSealed()) - table;

        Assert.True(stripe >= 128, $"A stripe takes {stripe} bytes");
    }

    private static SeriesState NewSeries() =>
        new(new SeriesIdentity("Test", "Orders", MetricUnit.Count, StorageResolution.Standard, []));

    private static long SizeOf<T>(Func<T> create)
    {
        _ = create();
        long before = GC.GetAllocatedBytesForCurrentThread();
        T made = create();
        long size = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive(made);
        return size;
    }

    /// <summary>
    /// Puts the writer's own two values in turn: few enough to stay exact, so that each writer's samples can be counted apart.
    /// </summary>
    private static long PutUntil(SeriesState series, int value, ref bool stop)
    {
        long put = 0;
        while (!Volatile.Read(ref stop))
        {
            Assert.True(series.TryPut(put % 2 == 0 ? value : -value));
            put++;

            // Lets the collector in often, however few processors there are.
            if (put % 64 == 0)
            {
                Thread.Yield();
            }
        }

        return put;
    }

    private static Dictionary<double, long> CountsByValue(ValueTable table)
    {
        ValueEntry[] entries = new ValueEntry[table.Used];
        _ = table.CopyTo(entries);
        return entries.ToDictionary(e => e.Sum / e.Count, e => e.Count);
    }
}
