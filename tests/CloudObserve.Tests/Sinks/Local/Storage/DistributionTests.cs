using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Tests.Sinks.Local.Storage;

public sealed class DistributionTests
{
    [Fact]
    public void Equal_values_share_an_entry_and_order_is_ascending()
    {
        Distribution distribution = Distribution.Of([new(3, 1), new(1, 2), new(3, 4)]);

        Assert.Equal([new ValueCount(1, 2), new ValueCount(3, 5)], distribution.Entries.ToArray());
    }

    [Fact]
    public void Combining_keeps_every_count()
    {
        Distribution both = Distribution.Of([new(1, 1), new(2, 1)]).With(Distribution.Of([new(2, 5), new(0, 1), new(9, 1)]));

        Assert.Equal([new ValueCount(0, 1), new ValueCount(1, 1), new ValueCount(2, 6), new ValueCount(9, 1)], both.Entries.ToArray());
    }

    [Fact]
    public void As_many_values_as_there_are_entries_stay_exact()
    {
        ValueCount[] values = [.. Enumerable.Range(1, Distribution.MaxEntries).Select(i => new ValueCount(i, 1))];

        Assert.Equal(values, Distribution.Of(values).Entries.ToArray());
        Assert.True(Distribution.Of(values).With(Distribution.Of([new ValueCount(0.5, 1)])).Entries.Length < values.Length);
    }

    [Theory]
    [InlineData(1.0, 1000.0, 0.008)] // 10 octaves fit at the first width
    [InlineData(1e-100, 1e100, 1.0)]
    public void Many_values_are_merged_within_a_bound_and_no_count_or_sum_is_lost(double from, double to, double tolerance)
    {
        const int Samples = 20_000;
        Random random = new(7);
        double[] raw = [.. Enumerable.Range(0, Samples).Select(_ => from * Math.Pow(to / from, random.NextDouble()))];

        Distribution distribution = raw.Chunk(150)
            .Select(chunk => Distribution.Of([.. chunk.Select(value => new ValueCount(value, 1))]))
            .Aggregate((left, right) => left.With(right));

        ValueCount[] entries = distribution.Entries.ToArray();
        Assert.InRange(entries.Length, 1, Distribution.MaxEntries);
        Assert.Equal(Samples, entries.Sum(entry => entry.Count));
        Assert.Equal(1, entries.Sum(entry => entry.Value * entry.Count) / raw.Sum(), 9);
        Assert.Equal(entries.OrderBy(entry => entry.Value), entries);
        Array.Sort(raw);
        AssertClose(raw, entries, tolerance);
    }

    private static void AssertClose(double[] sorted, ValueCount[] entries, double tolerance)
    {
        int index = 0;
        foreach (ValueCount entry in entries)
        {
            for (int i = 0; i < (int)entry.Count; i++)
            {
                Assert.InRange(entry.Value / sorted[index++], 1 / (1 + tolerance), 1 + tolerance);
            }
        }
    }
}
