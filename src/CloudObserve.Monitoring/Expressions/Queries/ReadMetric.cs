using CloudObserve.Local;

namespace CloudObserve.Monitoring.Expressions.Queries;

/// <summary>Represents the values of a metric that were read from the store.</summary>
/// <param name="Series">The values.</param>
/// <param name="Status">Whether the values may be read.</param>
/// <param name="Messages">The messages about the values.</param>
internal sealed record ReadMetric(MetricSeries Series, MetricDataStatusCode Status, IReadOnlyList<MessageData> Messages);
