namespace CloudObserve.Filters.Transformations;

/// <summary>Represents a setting of a metric filter that breaks a rule.</summary>
/// <param name="Key">The key below the filter's name; empty for the name itself.</param>
/// <param name="Value">The value of the setting.</param>
/// <param name="Rule">The broken rule in words.</param>
/// <param name="ServiceMessage">The message of CloudWatch Logs, if it is known.</param>
internal sealed record MetricFilterFault(string Key, object? Value, string Rule, string? ServiceMessage = null);
