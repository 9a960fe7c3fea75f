namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Which samples a statistic looks at.</summary>
/// <param name="Lower">What samples must be above: a rank in percent or a value. <see langword="null"/> for no bound.</param>
/// <param name="Upper">What samples must not be above.</param>
/// <param name="InPercent">Whether the bounds are percent of the number of samples.</param>
internal readonly record struct StatisticBounds(double? Lower, double? Upper, bool InPercent);
