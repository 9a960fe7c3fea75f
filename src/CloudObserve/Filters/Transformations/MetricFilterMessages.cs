using Microsoft.Extensions.Logging;

namespace CloudObserve.Filters.Transformations;

/// <summary>The log messages about changed and provisioned metric filters.</summary>
internal static partial class MetricFilterMessages
{
    [LoggerMessage(
        EventId = 406,
        EventName = "FiltersChanged",
        Level = LogLevel.Information,
        Message = "The configuration has changed. Metric filters now in use: {Count}.")]
    internal static partial void FiltersChanged(this ILogger logger, int count);

    [LoggerMessage(
        EventId = 407,
        EventName = "FiltersRejected",
        Level = LogLevel.Error,
        Message = "The changed configuration is invalid. Previous metric filters that stay in use: {Count}. {Faults}")]
    internal static partial void FiltersRejected(this ILogger logger, int count, string faults);

    [LoggerMessage(
        EventId = 408,
        EventName = "FilterNotPut",
        Level = LogLevel.Warning,
        Message = "The metric filter {Filter} could not be created in log group {LogGroup} ({Code}): {ErrorMessage} "
            + "It is evaluated in this process instead. If the group already has this filter, its events count twice.")]
    internal static partial void FilterNotPut(this ILogger logger, string filter, string logGroup, string code, string errorMessage);

    [LoggerMessage(
        EventId = 409,
        EventName = "ProvisionedFilterChanged",
        Level = LogLevel.Warning,
        Message = "The metric filter {Filter} is created in its log groups at start. Its change takes effect when the application "
            + "restarts.")]
    internal static partial void ProvisionedFilterChanged(this ILogger logger, string filter);
}
