namespace CloudObserve.Monitoring.Anomalies;

/// <summary>Estimates the time between the datapoints of a series.</summary>
internal sealed class SamplingInterval
{
    // The model thinks in steps of five minutes, a usual period of CloudWatch: a denser series makes more rows a step.
    private const double StepSeconds = 300;
    private const double MaxGapSeconds = 86_400;
    private const int AveragedRows = 100;

    // Once the interval is known, a gap counts as four intervals at most, so that missing datapoints hardly change it.
    private const int RowsToKnow = 10;
    private const double MostIntervalsInGap = 4;
    private const double ShortestIntervalSeconds = 1;

    private DateTime _last;
    private long _rows;

    /// <summary>Gets the average seconds between datapoints; 0 before the second datapoint.</summary>
    internal double Seconds { get; private set; }

    /// <summary>Gets the number of datapoints in a step of the model, 1 or more.</summary>
    internal int RowsPerStep { get; private set; } = 1;

    /// <summary>Takes the time of the next datapoint. A repeated or an earlier time counts as no time between.</summary>
    internal void Observe(DateTime time)
    {
        if (_rows++ > 0)
        {
            double longest = MostIntervalsInGap * Math.Max(ShortestIntervalSeconds, Seconds);
            double gap = Math.Clamp((time - _last).TotalSeconds, 0, _rows > RowsToKnow ? Math.Min(longest, MaxGapSeconds) : MaxGapSeconds);
            Seconds += (gap - Seconds) / Math.Min(_rows - 1, AveragedRows);
            RowsPerStep = Seconds >= StepSeconds ? 1 : (int)Math.Round(StepSeconds / Math.Max(ShortestIntervalSeconds, Seconds));
        }

        _last = time;
    }

    internal SamplingInterval Copy() => (SamplingInterval)MemberwiseClone();

    /// <summary>Returns the weight of one datapoint in an exponential average over a time.</summary>
    internal double WeightIn(double seconds) => 1 - Math.Exp(-Seconds / seconds);
}
