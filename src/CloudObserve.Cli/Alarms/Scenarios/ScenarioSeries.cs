using CloudObserve.Local;

namespace CloudObserve.Cli.Alarms.Scenarios;

/// <summary>Represents the samples of a metric in a scenario.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Unit">The unit; <c>None</c> if the file names none.</param>
/// <param name="Samples">The samples in the order of their times.</param>
internal sealed record ScenarioSeries(MetricIdentifier Metric, string Unit, IReadOnlyList<ScenarioSample> Samples)
{
    /// <summary>Returns whether this is a metric, with all of its dimensions in any order.</summary>
    internal bool IsOf(MetricIdentifier metric, string? unit) =>
        Metric.Namespace == metric.Namespace && Metric.MetricName == metric.MetricName && (unit is null || unit == Unit)
        && Metric.Dimensions.Count == metric.Dimensions.Count
        && Metric.Dimensions.All(own => metric.Dimensions.Any(other => other.Name == own.Name && other.Value == own.Value));
}
