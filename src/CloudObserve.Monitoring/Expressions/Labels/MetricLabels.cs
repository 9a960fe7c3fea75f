using System.Globalization;
using CloudObserve.Local;

namespace CloudObserve.Monitoring.Expressions.Labels;

/// <summary>Makes the labels of metrics that have none of their own.</summary>
internal static class MetricLabels
{
    /// <summary>Returns the labels of the metrics of a request.</summary>
    /// <remarks>
    /// CloudWatch: the name of the metric; then the statistic if the queries of the request have different ones, and the period in seconds
    /// if they have different ones; never the unit.
    /// </remarks>
    internal static IReadOnlyList<string> OfQueries(IReadOnlyList<MetricStat> queries)
    {
        bool hasStat = queries.Select(static query => query.Stat).Distinct(StringComparer.Ordinal).Skip(1).Any();
        bool hasPeriod = queries.Select(static query => query.Period).Distinct().Skip(1).Any();
        return
        [
            .. queries.Select(query => string.Create(
                CultureInfo.InvariantCulture,
                $"{query.Metric.MetricName}{(hasStat ? " " + query.Stat : "")}{(hasPeriod ? $" {query.Period.TotalSeconds}" : "")}")),
        ];
    }

    /// <summary>Returns the labels of metrics that a search found: what distinguishes them.</summary>
    /// <remarks>The values of the dimensions in which they differ, and the name if they differ in it or in nothing.</remarks>
    internal static IReadOnlyList<string> OfFound(IReadOnlyList<MetricIdentifier> metrics)
    {
        bool hasName = metrics.Select(static metric => metric.MetricName).Distinct(StringComparer.Ordinal).Skip(1).Any();
        bool hasNamespace = metrics.Select(static metric => metric.Namespace).Distinct(StringComparer.Ordinal).Skip(1).Any();
        string[] different =
        [
            .. metrics.SelectMany(static metric => metric.Dimensions).GroupBy(static dimension => dimension.Name, StringComparer.Ordinal)
                .Where(group => group.Count() < metrics.Count || group.Distinct().Skip(1).Any()).Select(static group => group.Key),
        ];
        return [.. metrics.Select(metric => LabelOf(metric, hasNamespace, hasName, different))];
    }

    private static string LabelOf(MetricIdentifier metric, bool hasNamespace, bool hasName, string[] different)
    {
        List<string> parts = hasNamespace ? [metric.Namespace] : [];
        parts.AddRange(
            metric.Dimensions.Where(dimension => different.Contains(dimension.Name)).Select(static dimension => dimension.Value));
        if (hasName || parts.Count == 0)
        {
            parts.Add(metric.MetricName);
        }

        return string.Join(' ', parts);
    }
}
