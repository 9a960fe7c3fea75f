namespace CloudObserve.Local;

/// <summary>The metric that a metric filter extracts from matching events.</summary>
/// <param name="MetricNamespace">The metric's namespace.</param>
/// <param name="MetricName">The metric's name.</param>
/// <param name="MetricValue">A number, or the field of the event that contains the value.</param>
/// <param name="DefaultValue">The value added by an event that does not match, or <see langword="null"/> for none.</param>
/// <param name="Dimensions">The names of the dimensions, and the fields of the event that contain their values.</param>
/// <param name="Unit">The unit.</param>
public sealed record MetricTransformation(
    string MetricNamespace, string MetricName, string MetricValue, double? DefaultValue, IReadOnlyDictionary<string, string> Dimensions,
    string Unit);
