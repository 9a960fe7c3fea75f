namespace CloudObserve.Sinks.Local.Storage;

/// <summary>One metric of a listing.</summary>
/// <param name="Id">The position of the metric in the order of creation.</param>
/// <param name="Identity">The metric.</param>
internal readonly record struct ListedMetric(long Id, MetricIdentity Identity);
