using System.Globalization;
using CloudObserve.Local;
using CloudObserve.Metrics;
using CloudObserve.Monitoring.Expressions.Functions;

namespace CloudObserve.Monitoring.Expressions.Labels;

/// <summary>Provides the dynamic values of a label.</summary>
/// <param name="series">The time series in the requested range.</param>
/// <param name="defaultLabel">The label without a template.</param>
/// <param name="now">The time of the request.</param>
/// <param name="zone">The offset from UTC for points in time.</param>
internal sealed class LabelValues(MetricSeries series, string defaultLabel, DateTimeOffset now, TimeSpan zone)
{
    /// <summary>The beginning of the name of a property that is the value of a dimension.</summary>
    internal const string DimensionPrefix = "Dim.";

    // The text for a value of a time series without datapoints.
    private const string Nothing = "--";

    // The embedded CloudWatch is in no region.
    private const string Region = "local";

    /// <summary>Gets the names of the values that depend on the datapoints.</summary>
    internal static IReadOnlySet<string> Statistics { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "AVG", "SUM", "MIN", "MAX", "FIRST", "LAST", "DATAPOINT_COUNT",
        "MIN_MAX_RANGE", "FIRST_LAST_RANGE", "MIN_MAX_TIME_RANGE", "FIRST_LAST_TIME_RANGE",
        "MIN_TIME", "MAX_TIME", "FIRST_TIME", "LAST_TIME",
        "MIN_TIME_RELATIVE", "MAX_TIME_RELATIVE", "FIRST_TIME_RELATIVE", "LAST_TIME_RELATIVE",
    };

    /// <summary>Gets the label without a template.</summary>
    internal string DefaultLabel => defaultLabel;

    /// <summary>Returns a property of the metric. A property that the time series does not have is an empty text.</summary>
    internal string Property(string name)
    {
        SeriesSource? source = series.Source;
        MetricIdentifier? metric = source?.Metric;
        return name switch
        {
            "MetricName" => metric?.MetricName ?? "",
            "Namespace" => metric?.Namespace ?? "",
            "Stat" => source?.Stat ?? "",
            "Period" => series.Grid.Period.ToString(CultureInfo.InvariantCulture),
            "Region" => Region,
            "AccountId" or "AccountLabel" => QueryLimits.AccountId,
            _ => MetricDimension(metric?.Dimensions ?? source?.Group ?? [], name[DimensionPrefix.Length..]),
        };
    }

    /// <summary>Returns a value that depends on the datapoints.</summary>
    internal string Statistic(string name)
    {
        int count = AggregateFunctions.Count(series);
        if (count == 0)
        {
            return name == "DATAPOINT_COUNT" ? "0" : Nothing;
        }

        double[] points = series.Points;
        int first = Array.FindIndex(points, static value => !double.IsNaN(value));
        int last = Array.FindLastIndex(points, static value => !double.IsNaN(value));
        int minimum = Array.IndexOf(points, AggregateFunctions.Minimum(series));
        int maximum = Array.IndexOf(points, AggregateFunctions.Maximum(series));
        return name switch
        {
            "AVG" => Number(AggregateFunctions.Sum(series) / count),
            "SUM" => Number(AggregateFunctions.Sum(series)),
            "DATAPOINT_COUNT" => Number(count),
            "MIN_MAX_RANGE" => Number(points[maximum] - points[minimum]),
            "FIRST_LAST_RANGE" => Number(points[last] - points[first]),
            "MIN_MAX_TIME_RANGE" => Duration(series.TimeOf(maximum) - series.TimeOf(minimum)),
            "FIRST_LAST_TIME_RANGE" => Duration(series.TimeOf(last) - series.TimeOf(first)),
            _ => AtPoint(name, name.Split('_')[0] switch
            {
                "FIRST" => first,
                "LAST" => last,
                "MIN" => minimum,
                _ => maximum,
            }),
        };
    }

    private static string MetricDimension(IReadOnlyList<MetricDimension> dimensions, string name) =>
        dimensions.FirstOrDefault(dimension => dimension.Name == name).Value ?? "";

    private string AtPoint(string name, int index) =>
        name.EndsWith("_RELATIVE", StringComparison.Ordinal) ? Duration(now - series.TimeOf(index))
        : name.EndsWith("_TIME", StringComparison.Ordinal) ? Time(series.TimeOf(index))
        : Number(series.Points[index]);

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private string Time(DateTimeOffset time) =>
        time.ToOffset(zone).ToString(
            zone == TimeSpan.Zero ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    // Such as 1d 2h 3m 4s. Parts that are zero are left out.
    private static string Duration(TimeSpan duration)
    {
        TimeSpan length = duration.Duration();
        string[] parts =
        [
            .. new[] { (length.Days, 'd'), (length.Hours, 'h'), (length.Minutes, 'm'), (length.Seconds, 's') }
                .Where(static part => part.Item1 > 0)
                .Select(static part => string.Create(CultureInfo.InvariantCulture, $"{part.Item1}{part.Item2}")),
        ];
        return parts.Length == 0 ? "0s" : string.Join(' ', parts);
    }
}
