using CloudObserve.Metrics.Aggregation;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Tests.Metrics.Aggregation;

public sealed class ValueTableTests
{
    [Fact]
    public void Few_distinct_values_are_kept_as_they_are()
    {
        ValueTable table = TableOf(0.1, 0.1, 0.1, -3, 0, -0.0, 1e-300, 1e300);

        Assert.True(table.IsExact);
        Assert.Equal([(-3, 1), (0, 2), (1e-300, 1), (0.1, 3), (1e300, 1)], Contents(table));
    }

    [Fact]
    public void Equal_values_sum_up_without_the_rounding_of_adding_them_one_by_one()
    {
        ValueTable table = TableOf([.. Enumerable.Repeat(0.1, 10)]);

        Assert.Equal(1.0, Entries(table).Single().Sum);
    }

    [Fact]
    public void More_distinct_values_than_fit_fall_into_buckets_narrower_than_one_percent()
    {
        double[] samples = [.. Enumerable.Range(0, 20_000).Select(i => 1 + (i * 0.01))];
        ValueTable table = TableOf(samples);

        Assert.False(table.IsExact);
        foreach (double sample in samples)
        {
            double nearest = Contents(table).Min(c => Math.Abs(c.Value - sample));
            Assert.True(nearest <= sample * 0.01, $"{sample} is {nearest} away from what stands for it");
        }
    }

    [Fact]
    public void Count_sum_minimum_and_maximum_are_exact_whatever_is_added()
    {
        Prop.ForAll(Samples(), samples =>
        {
            ValueTable table = TableOf(samples);
            ValueEntry[] entries = Entries(table);
            return table.Count == samples.Length
                && entries.Sum(e => e.Count) == samples.Length
                && SameSum(entries.Sum(e => e.Sum), samples)
                && (samples.Length == 0 || (table.Minimum == samples.Min() && table.Maximum == samples.Max()));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Merging_tables_is_the_same_as_adding_all_samples_to_one()
    {
        Prop.ForAll(Samples(), Samples(), (first, second) =>
        {
            ValueTable merged = TableOf(first);
            merged.Merge(TableOf(second));
            ValueTable whole = TableOf([.. first, .. second]);

            // Where both stayed exact the contents are equal; where one had to coarsen, the totals are.
            bool sameTotals = merged.Count == whole.Count
                && SameSum(Entries(merged).Sum(e => e.Sum), [.. first, .. second])
                && (whole.Count == 0 || (merged.Minimum == whole.Minimum && merged.Maximum == whole.Maximum));
            return sameTotals && (!merged.IsExact || !whole.IsExact || Contents(merged).SequenceEqual(Contents(whole)));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Memory_is_bounded_even_for_values_of_every_size()
    {
        Random random = new(7);
        ValueTable table = new();
        double sum = 0;
        for (int i = 0; i < 200_000; i++)
        {
            double value = Math.ScaleB(random.NextDouble() + 0.5, random.Next(-300, 300)) * (random.Next(2) == 0 ? 1 : -1);
            table.Add(value);
            sum += value;
        }

        Assert.InRange(table.Used, 1, ValueTable.MaxEntries);
        Assert.Equal(200_000, table.Count);
        Assert.Equal(sum, Entries(table).Sum(e => e.Sum), Math.Abs(sum) * 1e-9);
    }

    [Fact]
    public void A_cleared_table_is_empty_and_exact_again()
    {
        ValueTable table = TableOf([.. Enumerable.Range(0, 1_000).Select(i => (double)i)]);
        table.Clear();
        table.Add(5);

        Assert.True(table.IsExact);
        Assert.Equal([(5, 1)], Contents(table));
        Assert.Equal((1, 5, 5), (table.Count, table.Minimum, table.Maximum));
    }

    [Fact]
    public void A_steady_distribution_allocates_nothing_once_the_table_has_grown()
    {
        ValueTable table = new();
        Fill(table);
        table.Clear();

        long before = GC.GetAllocatedBytesForCurrentThread();
        Fill(table);
        table.Clear();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Fill(ValueTable table)
    {
        for (int i = 0; i < 5_000; i++)
        {
            table.Add(1 + (i * 0.37 % 50));
        }
    }

    private static ValueTable TableOf(params double[] samples)
    {
        ValueTable table = new();
        foreach (double sample in samples)
        {
            table.Add(sample);
        }

        return table;
    }

    private static ValueEntry[] Entries(ValueTable table)
    {
        ValueEntry[] entries = new ValueEntry[table.Used];
        Assert.Equal(table.Used, table.CopyTo(entries));
        return entries;
    }

    private static (double Value, long Count)[] Contents(ValueTable table) =>
        [.. Entries(table).Select(e => (table.IsExact ? BitConverter.Int64BitsToDouble(e.Key) : e.Sum / e.Count, e.Count))
            .OrderBy(e => e.Item1)];

    private static bool SameSum(double actual, double[] samples)
    {
        double scale = samples.Sum(Math.Abs);
        return Math.Abs(actual - samples.Sum()) <= scale * 1e-12;
    }

    private static Arbitrary<double[]> Samples() =>
        Gen.OneOf(
            Gen.Choose(-20, 20).Select(i => (double)i),
            Gen.Choose(1, 1_000_000).Select(i => i / 997.0),
            Gen.Choose(-1_000_000, 1_000_000).Select(i => i * 1e-9),
            Gen.Choose(1, 500).Select(i => Math.ScaleB(1 + (i / 500.0), i - 250)))
        .ArrayOf()
        .Select(samples => samples.Length % 3 == 0 ? samples : [.. Enumerable.Range(1, 40).SelectMany(k => samples.Select(s => s * k))])
        .ToArbitrary();
}
