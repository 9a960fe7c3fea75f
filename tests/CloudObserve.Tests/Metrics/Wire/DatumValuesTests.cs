using CloudObserve.Metrics.Aggregation;
using CloudObserve.Metrics.Wire;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Tests.Metrics.Wire;

public sealed class DatumValuesTests
{
    [Fact]
    public void Totals_and_extremes_survive_whatever_the_number_of_values_allowed()
    {
        Prop.ForAll(Samples().ToArbitrary(), Gen.Choose(4, 300).ToArbitrary(), (samples, maxValues) =>
        {
            DatumValues values = Load(samples, maxValues);
            double sum = values.Values.Zip(values.Counts, (v, c) => v * c).Sum();
            return (values.Values.Count <= Math.Max(maxValues, ValueTable.MaxExactValues))
                .And(values.Counts.Sum() == samples.Length)
                .And(values.Counts.All(c => c > 0))
                .And(values.Values[0] == samples.Min())
                .And(values.Values[^1] == samples.Max())
                .And(Math.Abs(sum - samples.Sum()) <= samples.Sum(Math.Abs) * 1e-12)
                .And(values.Values.Zip(values.Values.Skip(1), (x, y) => x < y).All(ascending => ascending));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 50)]
    [InlineData(3, 2_000)]
    public void Every_percentile_is_within_one_percent(int seed, double scale)
    {
        Random random = new(seed);
        double[] samples =
            [.. Enumerable.Range(0, 30_000).Select(_ => scale * Math.Exp(2 * (random.NextDouble() + random.NextDouble() - 1)))];
        Array.Sort(samples);
        DatumValues values = Load(samples, 8 * 150);

        for (double p = 0.1; p < 100; p += 0.1)
        {
            int rank = (int)Math.Ceiling(p / 100 * samples.Length);
            double exact = samples[rank - 1];
            double sent = AtRank(values, rank);
            Assert.True(Math.Abs(sent - exact) <= exact * 0.01, $"p{p:0.0} is {exact} and is sent as {sent}");
        }
    }

    [Fact]
    public void When_values_must_be_merged_rare_ones_close_together_go_first()
    {
        // Two crowded places and a thin spread between them: the crowds keep their values.
        double[] crowd = [.. Enumerable.Repeat(10.0, 5_000), .. Enumerable.Repeat(1_000.0, 5_000)];
        double[] spread = [.. Enumerable.Range(0, 400).Select(i => 20 + (i * 2.0))];
        DatumValues values = Load([.. crowd, .. spread], 50);

        Assert.InRange(values.Values.Count, 4, 50);
        Assert.Contains(values.Values.Zip(values.Counts), v => v == (10.0, 4_999) || v == (10.0, 5_000));
        Assert.Contains(values.Values.Zip(values.Counts), v => v == (1_000.0, 4_999) || v == (1_000.0, 5_000));
    }

    private static DatumValues Load(double[] samples, int maxValues)
    {
        ValueTable table = new();
        Array.ForEach(samples, table.Add);
        DatumValues values = new();
        values.Load(table, maxValues);
        return values;
    }

    private static double AtRank(DatumValues values, int rank)
    {
        long seen = 0;
        for (int i = 0; i < values.Values.Count; i++)
        {
            seen += values.Counts[i];
            if (seen >= rank)
            {
                return values.Values[i];
            }
        }

        return values.Values[^1];
    }

    private static Gen<double[]> Samples() =>
        Gen.OneOf(
            Gen.Choose(-3, 3).Select(i => (double)i),
            Gen.Choose(1, 1_000_000).Select(i => i / 997.0),
            Gen.Choose(-1_000, 1_000).Select(i => i * 0.37))
        .NonEmptyListOf()
        .SelectMany(list => Gen.Choose(1, 60).Select(k => Enumerable.Range(1, k).SelectMany(f => list.Select(s => s * f)).ToArray()));
}
