using CloudObserve.Monitoring.Tests.Expressions.Reference;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Monitoring.Tests.Expressions;

public sealed class MetricMathModelTests
{
    private const double Tolerance = 1e-9;

    [Fact]
    public void An_expression_has_the_values_of_the_slow_evaluation() =>
        ForAllSeeds(5000, seed => Compare(new Random(seed), (random, generator) => generator.Series(random.Next(1, 5))));

    [Fact]
    public void A_deviation_has_the_value_of_the_slow_evaluation() =>
        ForAllSeeds(1000, seed => Compare(new Random(seed), (_, generator) => generator.Deviation()));

    private static void ForAllSeeds(int times, Action<int> property) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(times),
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), property));

    private static void Compare(Random random, Func<Random, SlowGenerator, SlowExpression> generate)
    {
        long[] times = [.. Enumerable.Range(0, random.Next(1, 7)).Select(i => StoredMetrics.Start.AddMinutes(i).ToUnixTimeSeconds())];
        Dictionary<string, double[]> points = Enumerable.Range(1, 3)
            .ToDictionary(i => $"m{i}", _ => times.Select(_ => Value(random)).ToArray());
        Dictionary<string, SlowValue> slow = points.ToDictionary(p => p.Key, p => SlowValue.Of(times.Zip(p.Value, KeyValuePair.Create)));
        KeyValuePair<string, MetricSeries>[] fast =
            [.. points.Select(p => KeyValuePair.Create(p.Key, new MetricSeries(StoredMetrics.Start, TimeSpan.FromMinutes(1), p.Value)))];
        SlowExpression expression = generate(random, new SlowGenerator(random, new SlowMath(times)));
        if (expression.Text.Length > 2048)
        {
            return;
        }

        Assert.True(MetricMath.TryParse(expression.Text, out MetricMath? parsed, out MetricMathError? error), error?.ToString());
        Assert.True(parsed.TryEvaluate(fast, out IReadOnlyList<MetricSeries>? result, out error), error?.ToString());
        double[] expected = [.. times.Select(t => SlowMath.At(expression.Evaluate(slow), t) ?? double.NaN)];
        Assert.True(
            expected.Zip(result.Single().Values.ToArray(), AreEqual).All(equal => equal),
            $"{expression.Text} of {string.Join(' ', points.Select(p => $"{p.Key}={Points.Show(p.Value)}"))} is {Points.Show(result.Single().Values.ToArray())}, not {Points.Show(expected)}");
    }

    private static double Value(Random random) => random.Next(4) switch
    {
        0 => double.NaN,
        1 => random.Next(-3, 4),
        2 => 0,
        _ => Math.Round(random.NextDouble() * 100, 3),
    };

    private static bool AreEqual(double expected, double actual) =>
        double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(expected - actual) <= Tolerance * Math.Max(1, Math.Abs(expected));
}
