namespace CloudObserve.Sinks.Local.Queries;

/// <summary>The bounds of the samples that a statistic uses.</summary>
/// <param name="Lower">The exclusive lower bound, as a rank in percent or a value, or <see langword="null"/> for none.</param>
/// <param name="Upper">The inclusive upper bound, or <see langword="null"/> for none.</param>
/// <param name="InPercent">Whether the bounds are percentages of the number of samples.</param>
internal readonly record struct StatisticBounds(double? Lower, double? Upper, bool InPercent);
