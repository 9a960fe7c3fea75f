namespace CloudObserve.Sinks.Local.Queries;

/// <summary>What a metric filter makes of the events that match.</summary>
/// <param name="MetricNamespace">The metric's namespace.</param>
/// <param name="MetricName">The metric's name.</param>
/// <param name="MetricValue">A number, or where in the event it stands.</param>
/// <param name="DefaultValue">What each event adds that does not match; <see langword="null"/> is nothing.</param>
/// <param name="Dimensions">The dimensions' names, and where in the event their values stand.</param>
/// <param name="Unit">The unit.</param>
public sealed record MetricTransformation(
    string MetricNamespace, string MetricName, string MetricValue, double? DefaultValue, IReadOnlyDictionary<string, string> Dimensions, string Unit);
