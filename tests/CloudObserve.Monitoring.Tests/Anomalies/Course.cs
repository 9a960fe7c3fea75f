namespace CloudObserve.Monitoring.Tests.Anomalies;

/// <summary>Makes series of datapoints, and runs detectors over them.</summary>
internal static class Course
{
    internal static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    internal static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    /// <summary>Makes a series of one datapoint an interval, beginning on a Sunday.</summary>
    internal static List<(DateTimeOffset Time, double Value)> Of(double days, TimeSpan interval, Func<DateTimeOffset, double> value)
    {
        List<(DateTimeOffset Time, double Value)> points = [];
        for (DateTimeOffset time = Start; time < Start.AddDays(days); time += interval)
        {
            points.Add((time, value(time)));
        }

        return points;
    }

    /// <summary>Returns a value that follows the day: 50 at night, 150 by day, with even noise of ±5.</summary>
    internal static Func<DateTimeOffset, double> Daily(int seed)
    {
        Random random = new(seed);
        return time => 100 - (50 * Math.Cos(2 * Math.PI * time.TimeOfDay.TotalDays)) + ((random.NextDouble() - 0.5) * 10);
    }

    /// <summary>Returns evenly distributed noise around 100, ±10.</summary>
    internal static Func<DateTimeOffset, double> Noise(int seed)
    {
        Random random = new(seed);
        return _ => 90 + (random.NextDouble() * 20);
    }

    internal static List<AnomalyObservation> Observe(
        IEnumerable<(DateTimeOffset Time, double Value)> points, AnomalyDetectorConfiguration? configuration = null)
    {
        AnomalyDetector detector = configuration is null ? new AnomalyDetector() : new AnomalyDetector(configuration);
        return [.. points.Select(p => detector.Observe(p.Time, p.Value))];
    }

    internal static bool Holds(this ExpectedBand band, double value, double factor) =>
        value >= band.Lower(factor) && value <= band.Upper(factor);
}
