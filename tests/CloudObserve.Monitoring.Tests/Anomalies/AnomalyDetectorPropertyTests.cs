using FsCheck;
using FsCheck.Fluent;
using static CloudObserve.Monitoring.Tests.Anomalies.Course;

namespace CloudObserve.Monitoring.Tests.Anomalies;

/// <summary>Tests the properties that hold for every series.</summary>
public sealed class AnomalyDetectorPropertyTests
{
    private const int MaxBytes = 16 * 1024;

    private static readonly double[] Hostile =
    [
        0, -0.0, 1, -1, 1e308, -1e308, double.MaxValue, double.MinValue, double.Epsilon, -double.Epsilon, 2.3e108, -2.4e108, 1e-308,
        3e-320, 1e15, 1e15 + 1,
    ];

    [Fact]
    public void A_detector_holds_less_than_16_KiB_and_allocates_nothing_after_its_creation()
    {
        var points = Of(40, FiveMinutes, Daily(1));
        _ = Observe(points);

        long before = GC.GetAllocatedBytesForCurrentThread();
        AnomalyDetector detector = new();
        long created = GC.GetAllocatedBytesForCurrentThread();
        double sum = 0;
        foreach ((DateTimeOffset time, double value) in points)
        {
            sum += detector.Observe(time, value).Score;
        }

        long after = GC.GetAllocatedBytesForCurrentThread();
        Assert.InRange(created - before, 1, MaxBytes);
        Assert.Equal(0, after - created);
        Assert.True(sum > 0);
    }

    [Fact]
    public void A_row_does_not_depend_on_the_rows_after_it() =>
        Prop.ForAll(Series(), Gen.Choose(0, 400).ToArbitrary(), static (points, cut) =>
    {
        int length = Math.Min(cut, points.Count);

        var whole = Observe(points);
        var other = Observe(points.Take(length).Concat(points.Skip(length).Select(p => (p.Time.AddDays(-3), -p.Value))));

        return whole.Take(length).SequenceEqual(Observe(points.Take(length))) && whole.Take(length).SequenceEqual(other.Take(length));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_finite_values_at_any_times_give_finite_bands_and_scores_from_0_to_1() => Prop.ForAll(Series(), static points =>
    {
        foreach (AnomalyObservation seen in Observe(points))
        {
            double lower = seen.Band.Lower(2);
            double upper = seen.Band.Upper(2);
            bool isOrdered = double.IsFinite(lower) && double.IsFinite(upper) && lower <= upper && lower <= seen.Band.Expected
                && seen.Band.Expected <= upper;
            if (!isOrdered || !(seen.Score is >= 0 and <= 1))
            {
                return false;
            }
        }

        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_copy_goes_on_alike_and_on_its_own() => Prop.ForAll(Series(), static points =>
    {
        int half = points.Count / 2;
        AnomalyDetector detector = new();
        points.Take(half).ToList().ForEach(p => detector.Observe(p.Time, p.Value));
        AnomalyDetector copy = detector.Copy();
        AnomalyDetector disturbed = detector.Copy();
        points.ForEach(p => disturbed.Observe(p.Time, 1e6));

        return points.Skip(half).All(p => detector.Observe(p.Time, p.Value) == copy.Observe(p.Time, p.Value));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1024)]
    [InlineData(1.0 / 65536)]
    public void The_unit_of_the_values_does_not_matter(double factor)
    {
        var points = Of(10, FiveMinutes, Daily(2));
        points[2500] = points[2500] with { Value = 300 };

        var seen = Observe(points);
        var scaled = Observe(points.Select(p => (p.Time, p.Value * factor)));

        Assert.Equal(seen.ConvertAll(o => o.Score), scaled.ConvertAll(o => o.Score));
        Assert.Equal(seen.ConvertAll(o => o.Band.Upper(3) * factor), scaled.ConvertAll(o => o.Band.Upper(3)));
    }

    [Fact]
    public void A_constant_that_is_added_to_all_values_moves_the_band_and_no_score()
    {
        var points = Of(10, FiveMinutes, Daily(3));
        points[2500] = points[2500] with { Value = 300 };

        var seen = Observe(points);
        var moved = Observe(points.Select(p => (p.Time, p.Value + 1000)));

        Assert.All(seen.Zip(moved), pair =>
        {
            Assert.Equal(pair.First.Score, pair.Second.Score, 1e-6);
            Assert.Equal(pair.First.Band.Lower(2) + 1000, pair.Second.Band.Lower(2), 1e-6);
        });
    }

    [Fact]
    public void Repeated_and_unsorted_timestamps_and_gaps_do_not_hide_a_spike()
    {
        Random random = new(4);
        var points = Of(12, FiveMinutes, Daily(4)).Where(_ => random.Next(5) > 0).ToList();
        for (int i = 0; i + 1 < points.Count; i += 7)
        {
            (points[i], points[i + 1]) = (points[i + 1], points[i]);
            points.Insert(i, points[i]);
        }

        int spike = points.Count - 300;
        points[spike] = points[spike] with { Value = 500 };

        var scores = Observe(points).ConvertAll(o => o.Score);

        Assert.Equal(spike, scores.IndexOf(scores.Skip(600).Max()));
    }

    [Fact]
    public void Asking_what_is_expected_changes_nothing_and_agrees_with_the_observation()
    {
        AnomalyDetector asked = new();
        AnomalyDetector silent = new();
        Assert.All(Of(3, FiveMinutes, Daily(5)).Skip(1), p =>
        {
            ExpectedBand expected = asked.Expect(p.Time);
            _ = asked.Expect(p.Time.AddHours(7));
            AnomalyObservation seen = asked.Observe(p.Time, p.Value);

            Assert.Equal(silent.Observe(p.Time, p.Value), seen);
            Assert.True(expected == seen.Band || asked.State == AnomalyDetectorState.PendingTraining);
        });
    }

    // Usual values, hostile ones and both, at times that mostly go forward.
    private static Arbitrary<List<(DateTimeOffset Time, double Value)>> Series()
    {
        Gen<double> usual = Gen.Choose(0, 100).Select(static n => n / 4.0);
        Gen<double> value = Gen.Frequency((6, usual), (1, Gen.Elements(Hostile)));
        Gen<int> step = Gen.Frequency((8, Gen.Constant(300)), (1, Gen.Choose(-90_000, 90_000)), (1, Gen.Constant(0)));
        Gen<(int Step, double Value)> point =
            from seconds in step
            from number in value
            select (seconds, number);
        return (from length in Gen.Choose(0, 400) from points in point.ListOf(length) select WithTimes(points)).ToArbitrary();
    }

    private static List<(DateTimeOffset Time, double Value)> WithTimes(IEnumerable<(int Step, double Value)> points)
    {
        DateTimeOffset time = Start;
        List<(DateTimeOffset Time, double Value)> series = [];
        foreach ((int step, double value) in points)
        {
            time = time.AddSeconds(step);
            series.Add((time, value));
        }

        return series;
    }
}
