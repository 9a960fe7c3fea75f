using CloudObserve.Local;
using CloudObserve.Monitoring.Anomalies;
using CloudObserve.Monitoring.Expressions;
using static CloudObserve.Monitoring.Tests.Anomalies.Course;

namespace CloudObserve.Monitoring.Tests.Anomalies;

/// <summary>Bands of metric math come from detectors that have seen what came before.</summary>
public sealed class AnomalyBandsTests
{
    private const int Period = 300;
    private const int RowsADay = 288;

    private static readonly long Begin = Start.ToUnixTimeSeconds();

    private readonly double[] _values = [.. Of(40, FiveMinutes, Daily(1)).Select(p => p.Value)];
    private readonly List<long> _readFrom = [];

    [Fact]
    public void A_band_is_the_one_of_a_detector_that_saw_the_two_weeks_before()
    {
        AnomalyBand band = new AnomalyBands(new TrainedModels(10)).Compute(Input(RowsADay * 20, 100), 3)!;

        AnomalyDetector detector = new();
        for (int i = RowsADay * 6; i < (RowsADay * 20) + 100; i++)
        {
            AnomalyObservation seen = detector.Observe(Start.AddMinutes(5 * i), _values[i]);
            if (i >= RowsADay * 20)
            {
                int at = i - (RowsADay * 20);
                Assert.Equal((seen.Band.Lower(3), seen.Band.Upper(3)), (band.Lower.Points[at], band.Upper.Points[at]));
            }
        }
    }

    [Fact]
    public void The_next_request_learns_what_came_since_and_gives_the_same_band()
    {
        AnomalyBands kept = new(new TrainedModels(10));
        AnomalyBand whole = kept.Compute(Input(RowsADay * 20, RowsADay), 2)!;
        _readFrom.Clear();

        for (int i = 0; i < RowsADay - 3; i++)
        {
            AnomalyBand next = kept.Compute(Input((RowsADay * 20) + i, 3), 2)!;
            Assert.Equal(whole.Upper.Points.AsSpan(i, 3).ToArray(), next.Upper.Points);
        }

        // Each request begins at the kept model, which is replaced each hour.
        Assert.All(_readFrom.Select((from, i) => Begin + (((RowsADay * 20) + i) * Period) - from), age => Assert.InRange(age, 0, 3_600));
    }

    [Fact]
    public void An_earlier_range_knows_nothing_of_what_came_after_it()
    {
        AnomalyBands kept = new(new TrainedModels(10));
        AnomalyBand before = kept.Compute(Input(RowsADay * 10, 50), 2)!;
        _ = kept.Compute(Input(RowsADay * 30, 50), 2);

        AnomalyBand after = kept.Compute(Input(RowsADay * 10, 50), 2)!;

        Assert.Equal(before.Lower.Points, after.Lower.Points);
    }

    [Fact]
    public void A_missing_datapoint_has_a_band_and_a_series_with_too_few_has_none()
    {
        double[] gap = [.. _values];
        gap[RowsADay * 20] = double.NaN;
        AnomalyBands bands = new(new TrainedModels(10));

        AnomalyBand band = bands.Compute(new BandInput("gap", Part(gap, RowsADay * 20, 3), _ => Part(gap, 0, (RowsADay * 20) + 3)), 2)!;

        Assert.All(band.Upper.Points, upper => Assert.True(double.IsFinite(upper)));
        Assert.Null(bands.Compute(new BandInput("young", Part(_values, 0, 30), _ => Part(_values, 0, 30)), 2));
        AnomalyBand young = bands.Compute(new BandInput("young", Part(_values, 0, 60), _ => Part(_values, 0, 60)), 2)!;
        Assert.Equal(37, young.Lower.Points.Count(double.IsNaN));
    }

    [Fact]
    public void The_number_of_kept_models_is_bounded_and_those_used_last_are_kept()
    {
        TrainedModels models = new(3);
        AnomalyBands bands = new(models);
        foreach (string key in (string[])["a", "b", "c", "a", "d", "e"])
        {
            _ = bands.Compute(Input(RowsADay, 3, key), 2);
        }

        Assert.Equal((3, true, false), (models.Count, models.TryGet("a", out _), models.TryGet("b", out _)));
    }

    [Fact]
    public void Many_threads_that_ask_for_one_series_get_the_band_that_one_would_get()
    {
        MetricSeries series = Part(_values, 0, _values.Length);
        AnomalyBands alone = new(new TrainedModels(10));
        double[][] expected = [.. Enumerable.Range(0, RowsADay).Select(i => alone.Compute(Request(i), 2)!.Upper.Points)];
        AnomalyBands shared = new(new TrainedModels(10));
        _ = shared.Compute(Request(0), 2);

        _ = Parallel.For(0, 4_000, n =>
        {
            int i = n % RowsADay;
            double[] upper = shared.Compute(Request(i), 2)!.Upper.Points;
            // A thread that comes late with an earlier range learns anew, from a later beginning, so its band is only nearly the same.
            Assert.Equal(expected[i][0], upper[0], 3.0);
        });

        BandInput Request(int i) => new("shared", Part(_values, (RowsADay * 10) + i, 3), _ => series);
    }

    [Fact]
    public void A_query_for_a_band_over_stored_metrics_has_two_results_around_the_values()
    {
        StoredMetrics metrics = new();
        metrics.Clock.Advance(TimeSpan.FromDays(1));
        _ = metrics.Put("Orders", [.. Enumerable.Range(0, 1_440).Select(i => (double?)(100 + (i * 7 % 10)))]);

        IReadOnlyList<MetricDataResult> results =
            metrics.Get(1_440, StoredMetrics.Query("m1", "Orders"), StoredMetrics.Math("band", "ANOMALY_DETECTION_BAND(m1, 3)"));

        Assert.Equal(["m1", "band", "band"], results.Select(r => r.Id));
        Assert.Equal((1_440 - 181, 1_440 - 181), (results[1].Values.Count, results[2].Values.Count));
        Assert.InRange(results[1].Values[^1], 85, 100);
        Assert.InRange(results[2].Values[^1], 109, 125);
    }

    [Fact]
    public void An_expression_on_given_series_has_the_band_of_a_detector_that_sees_them_alone()
    {
        MetricMath math = MetricMath.Parse("LAST(ANOMALY_DETECTION_BAND(m1))");
        MetricSeries series = new(Start, FiveMinutes, _values.AsSpan(0, RowsADay * 3));

        Assert.True(math.TryEvaluate([new("m1", series)], out IReadOnlyList<MetricSeries>? result, out _));

        var seen = Observe(Of(3, FiveMinutes, Daily(1)));
        Assert.Equal(seen.Select(o => o.State == AnomalyDetectorState.PendingTraining ? double.NaN : o.Band.Upper(2)),
            result[0].Values.ToArray());
    }

    private static MetricSeries Part(double[] values, int first, int count) =>
        new(Start.AddSeconds((long)first * Period), TimeSpan.FromSeconds(Period), values.AsSpan(first, count));

    private BandInput Input(int first, int count, string key = "orders") => new(key, Part(_values, first, count), from =>
    {
        _readFrom.Add(from);
        int begin = (int)Math.Max(0, (from - Begin) / Period);
        return Part(_values, begin, first + count - begin);
    });
}
