namespace CloudObserve.Monitoring.Expressions;

/// <summary>Represents the range of expected values at each time.</summary>
/// <param name="Lower">The lower bounds.</param>
/// <param name="Upper">The upper bounds, on the same grid.</param>
internal sealed record AnomalyBand(MetricSeries Lower, MetricSeries Upper);
