using static CloudObserve.Monitoring.Tests.Anomalies.Course;

namespace CloudObserve.Monitoring.Tests.Anomalies;

/// <summary>The detector finds what is unusual, and is silent otherwise.</summary>
public sealed class AnomalyDetectorTests
{
    // From this score on, a datapoint is worth telling.
    private const double Unusual = 0.5;

    private const int RowsADay = 288;

    [Theory]
    [InlineData(0.0)]
    [InlineData(5.0)]
    [InlineData(-1e-300)]
    [InlineData(1e300)]
    [InlineData(double.Epsilon)]
    public void A_constant_series_never_scores_and_stays_in_its_band(double value)
    {
        var points = Of(15, FiveMinutes, _ => value);

        Assert.All(Observe(points),
            o => Assert.Equal((0.0, true), (o.Score, o.Band.Holds(Math.Clamp(value, -2.4e108, 2.4e108), 2) || Math.Abs(value) > 2.4e108)));
    }

    [Fact]
    public void The_first_change_of_a_constant_series_is_unusual()
    {
        var points = Of(3, FiveMinutes, _ => 7);
        points.Add((points[^1].Time + FiveMinutes, 8));

        Assert.True(Observe(points)[^1].Score > 0.9);
    }

    [Fact]
    public void Rounding_noise_of_a_constant_series_is_not_unusual()
    {
        Random random = new(3);

        Assert.All(Observe(Of(7, FiveMinutes, _ => 0.1 + (random.Next(3) * 1e-16))), o => Assert.True(o.Score < Unusual));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(300)]
    [InlineData(900)]
    [InlineData(3600)]
    public void A_spike_in_a_daily_course_is_found_at_any_interval_and_is_the_highest_score(int seconds)
    {
        var points = Of(12, TimeSpan.FromSeconds(seconds), Daily(1));
        int spike = (int)(points.Count * 0.9);
        points[spike] = points[spike] with { Value = 400 };

        var scores = Observe(points).ConvertAll(o => o.Score);

        Assert.True(scores[spike] > 0.9);
        // After three days the course is known.
        Assert.Equal([spike], Enumerable.Range(points.Count / 4, points.Count * 3 / 4).Where(i => scores[i] >= Unusual));
    }

    [Fact]
    public void A_value_of_the_day_in_the_night_is_unusual_though_its_height_is_not()
    {
        var points = Of(10, FiveMinutes, Daily(2));
        int night = (RowsADay * 9) + 6;
        points[night] = points[night] with { Value = 140 };

        AnomalyObservation seen = Observe(points)[night];

        Assert.True(seen.Score > 0.8);
        Assert.False(seen.Band.Holds(140, 3));
    }

    [Fact]
    public void Only_the_step_into_an_anomaly_scores_and_the_worsening_of_one()
    {
        var points = Of(8, FiveMinutes, Noise(3));
        const int Begin = RowsADay * 7;
        for (int i = Begin; i < Begin + 60; i++)
        {
            points[i] = points[i] with { Value = i == Begin + 30 ? 900 : 400 };
        }

        var scores = Observe(points).ConvertAll(o => o.Score);

        Assert.Equal([Begin, Begin + 30], Enumerable.Range(RowsADay, RowsADay * 7).Where(i => scores[i] >= Unusual));
    }

    [Fact]
    public void The_band_follows_a_shift_of_the_level_within_half_a_day_and_the_score_is_silent_after_the_step()
    {
        Func<DateTimeOffset, double> noise = Noise(4);
        const int Shift = RowsADay * 7;
        var points = Of(14, FiveMinutes, time => noise(time) + (time >= Start.AddDays(7) ? 100 : 0));

        var seen = Observe(points);

        Assert.True(seen[Shift].Score > 0.8);
        Assert.False(seen[Shift].Band.Holds(points[Shift].Value, 3));
        int outside = Enumerable.Range(Shift + (RowsADay / 2), RowsADay).Count(i => !seen[i].Band.Holds(points[i].Value, 3));
        Assert.InRange(outside, 0, RowsADay / 20);
        Assert.All(seen.Skip(Shift + 1), o => Assert.True(o.Score < Unusual));
    }

    [Fact]
    public void The_band_follows_a_trend()
    {
        Random random = new(5);
        var points = Of(14, FiveMinutes, time => ((time - Start).TotalDays * 40) + random.NextDouble());

        var seen = Observe(points);

        int outside = Enumerable.Range(RowsADay * 7, RowsADay * 7).Count(i => !seen[i].Band.Holds(points[i].Value, 3));
        Assert.InRange(outside, 0, RowsADay * 7 / 20);
    }

    [Fact]
    public void The_week_is_learned()
    {
        Func<DateTimeOffset, double> daily = Daily(6);
        static bool IsWeekend(DateTimeOffset time) => time.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        var points = Of(7 * 7, TimeSpan.FromHours(1), time => daily(time) - (IsWeekend(time) ? 80 : 0));

        var seen = Observe(points);

        // Neither the hour of the day nor the last hours can foretell the first hour of the weekend and of the week.
        double[] errors =
        [
            .. Enumerable.Range(24 * 7 * 5, 24 * 7 * 2)
                .Where(i => points[i].Time is { Hour: 0, DayOfWeek: DayOfWeek.Saturday or DayOfWeek.Monday })
                .Select(i => Math.Abs(points[i].Value - seen[i].Band.Expected)),
        ];
        Assert.Equal(4, errors.Length);
        Assert.True(errors.Average() < 80.0 / 3, $"The mean error is {errors.Average()}.");
    }

    [Fact]
    public void A_region_is_remembered_for_two_weeks_and_forgotten_after_them()
    {
        var points = Of(31, FiveMinutes, Noise(15));
        (int First, int Second, int Third) day = (3 * RowsADay, 9 * RowsADay, 30 * RowsADay);
        points[day.First] = points[day.First] with { Value = 300 };
        points[day.Second] = points[day.Second] with { Value = 300 };
        points[day.Third] = points[day.Third] with { Value = 300 };

        var seen = Observe(points);

        Assert.True(seen[day.First].Score > 0.95);
        Assert.InRange(seen[day.Second].Score, 0, 0.9);
        Assert.True(seen[day.Third].Score > 0.95);
    }

    [Fact]
    public void A_gap_does_not_make_the_detector_forget_what_it_knew_before()
    {
        Func<DateTimeOffset, double> daily = Daily(13);
        static bool IsJob(DateTimeOffset time) => time.DayOfWeek == DayOfWeek.Sunday && time.Hour == 3 && time.Minute < 10;
        var points = Of(29, TimeSpan.FromMinutes(1), time => daily(time) + (IsJob(time) ? 300 : 0));
        _ = points.RemoveAll(p => p.Time >= Start.AddDays(26.5) && p.Time < Start.AddDays(27.9));

        var seen = Observe(points);

        Assert.True(seen[points.FindIndex(p => IsJob(p.Time))].Score > 0.9);
        Assert.All(points.Index()
            .Where(p => IsJob(p.Item.Time) && p.Item.Time >= Start.AddDays(21)), p => Assert.InRange(seen[p.Index].Score, 0, 0.8));
    }

    [Fact]
    public void The_band_of_two_deviations_holds_about_95_of_100_values_and_is_narrower_than_the_day()
    {
        var points = Of(21, FiveMinutes, Daily(7));

        var seen = Observe(points);

        var known = Enumerable.Range(RowsADay * 14, RowsADay * 7).ToArray();
        double share = known.Average(i => seen[i].Band.Holds(points[i].Value, 2) ? 1.0 : 0);
        double width = known.Average(i => seen[i].Band.Upper(2) - seen[i].Band.Lower(2));
        Assert.InRange(share, 0.92, 0.985);
        Assert.InRange(width, 5, 25);
    }

    [Fact]
    public void The_share_in_the_band_does_not_depend_on_the_distribution()
    {
        Random random = new(8);
        var points = Of(21, FiveMinutes, _ => -Math.Log(1 - random.NextDouble()));

        var seen = Observe(points);

        Assert.InRange(Enumerable.Range(RowsADay * 14, RowsADay * 7)
            .Average(i => seen[i].Band.Holds(points[i].Value, 2) ? 1.0 : 0), 0.92, 0.98);
        Assert.InRange(Enumerable.Range(RowsADay * 14, RowsADay * 7)
            .Average(i => points[i].Value <= seen[i].Band.Upper(2) ? 1.0 : 0), 0.95, 0.99);
    }

    [Fact]
    public void The_states_follow_the_time_that_was_seen()
    {
        var states = Observe(Of(15, FiveMinutes, Daily(9))).ConvertAll(o => o.State);

        Assert.Equal(37, states.IndexOf(AnomalyDetectorState.TrainedInsufficientData));
        Assert.Equal((RowsADay * 14) + 1, states.IndexOf(AnomalyDetectorState.Trained));
        Assert.Equal(AnomalyDetectorState.PendingTraining, states[0]);
    }

    [Fact]
    public void An_excluded_time_range_is_judged_but_not_learned()
    {
        var points = Of(10, FiveMinutes, Daily(10));
        AnomalyDetectorConfiguration configuration = new();
        configuration.ExcludedTimeRanges.Add(new ExcludedTimeRange(Start.AddDays(6), Start.AddDays(7)));
        bool IsExcluded(DateTimeOffset time) => time >= Start.AddDays(6) && time < Start.AddDays(7);
        var disturbed = points.ConvertAll(p => IsExcluded(p.Time) ? (p.Time, 1_000) : p);

        var seen = Observe(disturbed, configuration);

        Assert.True(seen[RowsADay * 6].Score > 0.9);
        Assert.Equal(
            Observe(points.Where(p => !IsExcluded(p.Time))),
            seen.Where((_, i) => !IsExcluded(disturbed[i].Time)));
    }

    [Fact]
    public void Hours_and_days_are_those_of_the_time_zone()
    {
        var points = Of(9, FiveMinutes, Daily(11));
        AnomalyDetectorConfiguration east = new()
        {
            MetricTimeZone = TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(5.5), "east", "east"),
        };
        var asLocal = points.ConvertAll(p => (p.Time.AddHours(5.5), p.Value));

        Assert.Equal(Observe(asLocal).ConvertAll(o => o.Score), Observe(points, east).ConvertAll(o => o.Score));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_value_that_is_no_finite_number_is_refused_and_changes_nothing(double value)
    {
        AnomalyDetector detector = new();
        AnomalyDetector other = new();
        Assert.All(Of(2, FiveMinutes, Daily(12)), p =>
        {
            _ = Assert.Throws<ArgumentOutOfRangeException>("value", () => detector.Observe(p.Time, value));
            Assert.Equal(other.Observe(p.Time, p.Value), detector.Observe(p.Time, p.Value));
        });
    }

    [Fact]
    public void An_excluded_time_range_that_does_not_end_after_it_starts_is_refused()
    {
        AnomalyDetectorConfiguration configuration = new();
        configuration.ExcludedTimeRanges.Add(new ExcludedTimeRange(Start, Start));

        ArgumentException exception = Assert.Throws<ArgumentException>(() => new AnomalyDetector(configuration));

        Assert.Contains("must end after it starts", exception.Message, StringComparison.Ordinal);
    }
}
