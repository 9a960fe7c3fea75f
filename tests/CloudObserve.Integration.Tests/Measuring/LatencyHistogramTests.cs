using CloudObserve.LoadTests.Calling;

namespace CloudObserve.Integration.Tests.Measuring;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Short_latencies_are_kept_exactly()
    {
        LatencyHistogram latencies = new();
        for (int i = 1; i <= 64; i++)
        {
            latencies.Record(i);
        }

        Assert.All(Enumerable.Range(1, 64), i => Assert.Equal(i, latencies.At(i / 64.0)));
    }

    [Fact]
    public void What_is_read_back_is_never_less_and_at_most_a_part_in_32_more()
    {
        Random random = new(7);
        for (int i = 0; i < 10_000; i++)
        {
            long value = random.NextInt64() >> random.Next(1, 63);
            LatencyHistogram latencies = new();
            latencies.Record(value);
            latencies.Record(long.MaxValue);
            Assert.InRange(latencies.At(0.5), value, value + (value / 32));
        }
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.99)]
    [InlineData(0.999)]
    [InlineData(1)]
    public void Percentiles_are_those_of_the_sorted_latencies(double share)
    {
        Random random = new(11);
        LatencyHistogram latencies = new();
        long[] all = [.. Enumerable.Range(0, 12_345).Select(_ => (long)Math.Exp(random.NextDouble() * 20))];
        Array.ForEach(all, latencies.Record);
        Array.Sort(all);
        long exact = all[(int)Math.Ceiling(share * all.Length) - 1];
        Assert.InRange(latencies.At(share), exact, exact + (exact / 32));
        Assert.Equal(all[^1], latencies.Max);
    }

    [Fact]
    public void The_latencies_of_several_threads_add_up()
    {
        (LatencyHistogram all, LatencyHistogram other) = (new(), new());
        all.Record(10);
        other.Record(20);
        other.Record(30);
        all.Add(other);
        Assert.Equal((3, 20, 30), (all.Count, all.At(0.5), all.Max));
    }

    [Fact]
    public void A_clock_that_went_back_counts_as_no_time_and_nothing_recorded_as_zero()
    {
        LatencyHistogram latencies = new();
        Assert.Equal(0, latencies.At(0.99));
        latencies.Record(-5);
        Assert.Equal((1, 0, 0), (latencies.Count, latencies.At(0.5), latencies.Max));
    }

    [Fact]
    public void Recording_allocates_nothing()
    {
        LatencyHistogram latencies = new();
        latencies.Record(1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (long value = 1; value < long.MaxValue / 3; value *= 3)
        {
            latencies.Record(value);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
