namespace CloudObserve.Monitoring.Anomalies;

/// <summary>Predicts a series from its level, its hour, day and week, and the recent error of that prediction.</summary>
/// <remarks>
/// The level is a mean over three days. The profiles hold what each part of the hour, day and week adds to it. A gain between 0 and 1 says
/// how much of the profiles has proved true so far. The correction follows the error of the last hour, and with it trends and shifts of the
/// level.
/// </remarks>
internal sealed class SeasonalModel
{
    // Longer than a day, so that the level does not follow the day, and shorter than a week, so that it can move.
    private const double LevelSeconds = 3 * 86_400;
    private const double CorrectionSeconds = 3_600;

    // With one datapoint a day or less, the means would be little more than the last value.
    private const double MaxLevelWeight = 0.25;
    private const double MaxCorrectionWeight = 0.5;

    private SeasonalProfile _hour = new(TimeSlots.PerHour);
    private SeasonalProfile _day = new(TimeSlots.PerDay);
    private SeasonalProfile _week = new(TimeSlots.PerWeek);
    private double _level;
    private double _correction;
    private double _errorWithSeasons;
    private double _errorWithout;
    private double _covariance;
    private double _variance;
    private long _rows;

    /// <summary>Gets the share of the deviation from the level that the seasons explain, 0 to 1.</summary>
    internal double Skill => _errorWithout > 0 ? Math.Max(0, 1 - (_errorWithSeasons / _errorWithout)) : 0;

    private double Gain => _variance > 0 ? Math.Clamp(_covariance / _variance, 0, 1) : 0;

    internal void Start(double value) => _level = value;

    internal double Expect(in TimeSlots slots) => _level + (Gain * Season(slots)) + _correction;

    /// <summary>Learns a value from which the excess of an outlier has been cut.</summary>
    internal void Learn(in TimeSlots slots, double value, SamplingInterval interval)
    {
        double season = Season(slots);
        double expectedSeason = Gain * season;
        double first = 1.0 / ++_rows;
        double overLevel = value - _level;
        double levelWeight = Math.Max(first, Math.Min(MaxLevelWeight, interval.WeightIn(LevelSeconds)));
        Follow(ref _errorWithSeasons, Math.Abs(overLevel - expectedSeason), levelWeight);
        Follow(ref _errorWithout, Math.Abs(overLevel), levelWeight);
        Follow(ref _covariance, overLevel * season, levelWeight);
        Follow(ref _variance, season * season, levelWeight);

        double residual = overLevel - season;
        _day.Learn(slots.InDay, residual);
        _week.Learn(slots.InWeek, residual);
        // Within the hour, the correction knows the deviation of the whole hour.
        _hour.Learn(slots.InHour, residual - _correction);

        Follow(ref _level, value - expectedSeason, levelWeight);
        double correctionWeight = Math.Max(first, Math.Min(MaxCorrectionWeight, interval.WeightIn(CorrectionSeconds)));
        Follow(ref _correction, value - _level - expectedSeason, correctionWeight);
    }

    internal SeasonalModel Copy()
    {
        SeasonalModel copy = (SeasonalModel)MemberwiseClone();
        copy._hour = _hour.Copy();
        copy._day = _day.Copy();
        copy._week = _week.Copy();
        return copy;
    }

    private static void Follow(ref double mean, double value, double weight) => mean += weight * (value - mean);

    private double Season(in TimeSlots slots) => _hour.At(slots.InHour) + _day.At(slots.InDay) + _week.At(slots.InWeek);
}
