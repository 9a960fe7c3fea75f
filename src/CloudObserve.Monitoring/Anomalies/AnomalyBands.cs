using CloudObserve.Monitoring.Expressions;

namespace CloudObserve.Monitoring.Anomalies;

/// <summary>Computes the bands of <c>ANOMALY_DETECTION_BAND</c> with anomaly detectors.</summary>
/// <remarks>
/// <para>
/// A detector learns from the two weeks before the requested range, and then says for each period of the range what was expected
/// before its datapoint came. So the band of a period does not depend on the periods after it.
/// </para>
/// <para>
/// The detector that has learned up to the start of a range is kept, because an alarm asks again in the next period: then only what came
/// since is learned. A request for an earlier range learns anew. Safe for concurrent use: a kept detector is never changed, only copied and
/// replaced.
/// </para>
/// </remarks>
internal sealed class AnomalyBands : IAnomalyBands
{
    /// <summary>The number of models that are kept: 13 MB.</summary>
    internal const int MaxModels = 1_000;

    /// <summary>The seconds of data that a model learns from: two weeks, as in CloudWatch.</summary>
    internal const long TrainingSeconds = 14 * 86_400;

    // Two weeks of minutes. With shorter periods, a model learns from less time.
    private const long MaxTrainingPeriods = TrainingSeconds / 60;

    // A kept model is replaced when a request had to learn so much more: a copy of 13 KB against the time to learn an hour again.
    private const long ReplaceAfterSeconds = 3_600;

    private readonly TrainedModels? _models;

    /// <summary>Initializes a new instance of the <see cref="AnomalyBands"/> class.</summary>
    /// <param name="models">The kept models; <see langword="null"/> to keep none, for series that only their names identify.</param>
    internal AnomalyBands(TrainedModels? models) => _models = models;

    /// <summary>Gets the source of bands for series that are given with an expression, and not stored.</summary>
    internal static AnomalyBands OfGivenSeries { get; } = new(null);

    /// <inheritdoc/>
    public AnomalyBand? Compute(BandInput input, double factor)
    {
        TimeGrid grid = input.Series.Grid;
        TrainedModel? kept = _models is { } models && models.TryGet(input.Key, out TrainedModel? model) && IsUsable(model, grid)
            ? model : null;
        long from = kept?.Until ?? grid.Start - Math.Min(TrainingSeconds, grid.Period * MaxTrainingPeriods);
        AnomalyDetector detector = kept?.Detector.Copy() ?? new AnomalyDetector();
        Train(detector, input.Read(from), from, grid.Start);
        if (kept is null || grid.Start - kept.Until >= ReplaceAfterSeconds)
        {
            _models?.Put(input.Key, new TrainedModel(detector.Copy(), grid.Start));
        }

        return Band(detector, input.Series, factor);
    }

    // A model that has seen a part of the range would know too much, and one that is older than two weeks has nothing to add.
    private static bool IsUsable(TrainedModel model, TimeGrid grid) =>
        model.Until <= grid.Start && grid.Start - model.Until < TrainingSeconds;

    private static void Train(AnomalyDetector detector, MetricSeries series, long from, long until)
    {
        for (int i = 0; i < series.Points.Length; i++)
        {
            long time = series.Grid.TimeOf(i);
            if (time >= from && time < until && !double.IsNaN(series.Points[i]))
            {
                _ = detector.Observe(DateTimeOffset.FromUnixTimeSeconds(time), series.Points[i]);
            }
        }
    }

    private static AnomalyBand? Band(AnomalyDetector detector, MetricSeries series, double factor)
    {
        double[] lower = new double[series.Points.Length];
        double[] upper = new double[series.Points.Length];
        bool hasBand = false;
        for (int i = 0; i < lower.Length; i++)
        {
            bool isTrained = detector.State != AnomalyDetectorState.PendingTraining;
            DateTimeOffset time = series.TimeOf(i);
            double value = series.Points[i];
            ExpectedBand band = double.IsNaN(value) ? detector.Expect(time) : detector.Observe(time, value).Band;
            (lower[i], upper[i]) = isTrained ? (band.Lower(factor), band.Upper(factor)) : (double.NaN, double.NaN);
            hasBand |= isTrained;
        }

        return hasBand ? new AnomalyBand(series.With(lower), series.With(upper)) : null;
    }
}
