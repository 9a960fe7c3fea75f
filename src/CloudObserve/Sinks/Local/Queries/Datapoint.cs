namespace CloudObserve.Local;

/// <summary>Statistics of one metric in one period and unit. A statistic that was not requested is <see langword="null"/>.</summary>
public sealed record Datapoint
{
    /// <summary>Gets the start of the period.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Gets the unit the data was published with.</summary>
    public required string Unit { get; init; }

    /// <summary>Gets the number of samples.</summary>
    public double? SampleCount { get; init; }

    /// <summary>Gets the mean of the samples.</summary>
    public double? Average { get; init; }

    /// <summary>Gets the sum of the samples.</summary>
    public double? Sum { get; init; }

    /// <summary>Gets the smallest sample.</summary>
    public double? Minimum { get; init; }

    /// <summary>Gets the largest sample.</summary>
    public double? Maximum { get; init; }

    /// <summary>Gets the extended statistics by requested name. Statistics that cannot be computed for this period are absent.</summary>
    public IReadOnlyDictionary<string, double> ExtendedStatistics { get; init; } = new Dictionary<string, double>();
}
