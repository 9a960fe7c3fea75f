namespace CloudObserve.Monitoring;

/// <summary>Represents the value of one period that an alarm evaluates.</summary>
/// <param name="Time">The start of the period.</param>
/// <param name="Value">The value of the statistic or expression; <see langword="null"/> if the period has no data.</param>
public readonly record struct AlarmDatapoint(DateTimeOffset Time, double? Value)
{
    /// <summary>Gets the number of samples behind the value.</summary>
    /// <value>The default is <see langword="null"/>: not known, as for metric math.</value>
    public double? SampleCount { get; init; }

    /// <summary>Gets the lower edge of the anomaly detection band in this period.</summary>
    /// <value>The default is <see langword="null"/>: there is no band. An alarm on a band treats the period as missing then.</value>
    public double? LowerThreshold { get; init; }

    /// <summary>Gets the upper edge of the anomaly detection band in this period.</summary>
    /// <value>The default is <see langword="null"/>: there is no band. An alarm on a band treats the period as missing then.</value>
    public double? UpperThreshold { get; init; }
}
