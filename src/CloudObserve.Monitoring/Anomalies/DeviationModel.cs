namespace CloudObserve.Monitoring.Anomalies;

/// <summary>Learns how far the values usually lie from the expected ones, by the hour of the day, above and below.</summary>
/// <remarks>
/// The two sides are scaled so that two deviations leave 2.5 % of the values outside on each side, as they do in a normal distribution. So
/// a factor means the same for a series with rare high peaks as for an even one.
/// </remarks>
internal sealed class DeviationModel
{
    // The standard deviation of a normal distribution, by its mean absolute deviation.
    private const double DeviationByMeanError = 1.2533;
    private const double SlowestWeight = 0.005;
    private const double SlowestHourWeight = 0.01;

    // The number of rows from which on the deviation of one hour counts as much as that of the whole day.
    private const double TrustedHourRows = 36;
    private const double OutlierDeviations = 5;
    private const double TailShare = 0.025;
    private const double TailFactor = 2;
    private const double ScalingStep = 0.04;
    private const double MinScaling = 0.2;
    private const double MaxScaling = 5;

    private double[] _hours = new double[TimeSlots.HoursPerDay];
    private int[] _hourRows = new int[TimeSlots.HoursPerDay];
    private double _deviation;
    private double _upperScaling = 1;
    private double _lowerScaling = 1;
    private long _rows;

    internal (double Lower, double Upper) At(in TimeSlots slots)
    {
        double deviation = Unscaled(slots);
        return (deviation * _lowerScaling, deviation * _upperScaling);
    }

    /// <summary>Cuts the excess of an outlier from an error, so that a spike does not move the model.</summary>
    internal double WithoutExcess(double error, double spread)
    {
        double limit = Math.Max(OutlierDeviations * _deviation, spread);
        return _rows < AnomalyDetector.RowsToStart ? error : Math.Clamp(error, -limit, limit);
    }

    internal void Learn(in TimeSlots slots, double error, double cutError)
    {
        if (_rows >= AnomalyDetector.RowsToStart)
        {
            double tail = TailFactor * Unscaled(slots);
            Scale(ref _upperScaling, error > tail * _upperScaling);
            Scale(ref _lowerScaling, -error > tail * _lowerScaling);
        }

        double size = Math.Abs(cutError) * DeviationByMeanError;
        _deviation += (size - _deviation) * Math.Max(1.0 / ++_rows, SlowestWeight);
        ref double hour = ref _hours[slots.Hour];
        ref int hourRows = ref _hourRows[slots.Hour];
        hourRows = Math.Min(hourRows + 1, int.MaxValue - 1);
        hour += (size - hour) * Math.Max(1.0 / hourRows, SlowestHourWeight);
    }

    internal DeviationModel Copy()
    {
        DeviationModel copy = (DeviationModel)MemberwiseClone();
        copy._hours = [.. _hours];
        copy._hourRows = [.. _hourRows];
        return copy;
    }

    private static void Scale(ref double scaling, bool isOutside) =>
        scaling = Math.Clamp(scaling * Math.Exp(ScalingStep * ((isOutside ? 1 : 0) - TailShare)), MinScaling, MaxScaling);

    private double Unscaled(in TimeSlots slots)
    {
        int rows = _hourRows[slots.Hour];
        double trust = rows / (rows + TrustedHourRows);
        return ((1 - trust) * _deviation) + (trust * _hours[slots.Hour]);
    }
}
