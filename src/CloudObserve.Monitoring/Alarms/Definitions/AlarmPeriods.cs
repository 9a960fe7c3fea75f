using CloudObserve.Local;

namespace CloudObserve.Monitoring.Alarms.Definitions;

/// <summary>Finds the series that an alarm watches, its period and its statistic.</summary>
internal static class AlarmPeriods
{
    /// <summary>Returns the query whose values the alarm compares; <see langword="null"/> for a plain metric or if there is none.</summary>
    internal static MetricDataQuery? Watched(AlarmDefinition definition) =>
        definition.Metrics.FirstOrDefault(query => query.ReturnData && query.Id != definition.ThresholdMetricId);

    /// <summary>Returns the period of the watched series; <see langword="null"/> if the definition names none.</summary>
    /// <remarks>An expression without a period of its own has the longest one of the metrics.</remarks>
    internal static TimeSpan? Of(AlarmDefinition definition)
    {
        if (definition.Metrics.Count == 0)
        {
            return definition.Period;
        }

        MetricDataQuery? watched = Watched(definition);
        return watched?.MetricStat?.Period ?? watched?.Period ?? definition.Metrics.Max(static query => query.MetricStat?.Period);
    }

    /// <summary>Returns the statistic of the watched metric; <see langword="null"/> for an expression.</summary>
    internal static string? WatchedStatistic(AlarmDefinition definition) =>
        definition.Statistic ?? definition.ExtendedStatistic ?? Watched(definition)?.MetricStat?.Stat;
}
