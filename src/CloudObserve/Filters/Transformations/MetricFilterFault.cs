namespace CloudObserve.Filters.Transformations;

/// <summary>A setting of a metric filter that breaks a rule.</summary>
/// <param name="Key">The setting, below the filter's name; empty for the name itself.</param>
/// <param name="Value">What it is set to.</param>
/// <param name="Rule">The rule in words.</param>
/// <param name="ServiceMessage">What CloudWatch Logs says to it, where that is known.</param>
internal sealed record MetricFilterFault(string Key, object? Value, string Rule, string? ServiceMessage = null);
