using System.Globalization;
using CloudObserve.Local;
using CloudObserve.Monitoring.Expressions.Labels;

namespace CloudObserve.Monitoring.Expressions.Queries;

/// <summary>Makes the labels of results.</summary>
internal sealed class ResultLabels
{
    private readonly IReadOnlyDictionary<int, string> _metricLabels;
    private readonly DateTimeOffset _now;
    private readonly TimeSpan _zone;

    internal ResultLabels(QueryPlan plan, QueryRange range, LabelOptions? options)
    {
        _metricLabels = plan.DefaultLabels;
        _now = range.Now;
        _zone = ZoneOf((options ?? new LabelOptions()).Timezone);
    }

    /// <summary>Returns the label of a time series of a query's result.</summary>
    /// <param name="query">The query.</param>
    /// <param name="series">The time series.</param>
    /// <param name="isOfArray">Whether the result is an array of time series.</param>
    /// <remarks>
    /// CloudWatch: a time series of an array has the label of the expression before its own; but a label with dynamic values is applied to
    /// each of them. The embedded CloudWatch: without a label, a single result of an expression has the id.
    /// </remarks>
    internal string LabelOf(PlannedQuery query, MetricSeries series, bool isOfArray)
    {
        string standard = isOfArray ? OwnLabel(query, series) : _metricLabels.GetValueOrDefault(query.Index, query.Query.Id);
        if (query.Label is not { } template)
        {
            return standard;
        }

        string label = template.Render(new LabelValues(series, standard, _now, _zone));
        return !isOfArray || template.IsDynamic ? label : template.IsEmpty ? standard : $"{label} {standard}";
    }

    // A metric of the request, such as one that METRICS() returns, has its label there.
    private static string OwnLabel(PlannedQuery query, MetricSeries series) => series.Label.Length > 0 ? series.Label : query.Query.Id;

    private static TimeSpan ZoneOf(string timezone)
    {
        const int Length = 5;
        bool isValid = timezone.Length == Length && timezone[0] is '+' or '-'
            && TimeSpan.TryParseExact(timezone.AsSpan(1), "hhmm", CultureInfo.InvariantCulture, out _);
        if (!isValid)
        {
            throw QueryFaults.Invalid("The value for parameter LabelOptions.Timezone must be an offset from UTC such as +0130 or -0500.");
        }

        TimeSpan offset = TimeSpan.ParseExact(timezone.AsSpan(1), "hhmm", CultureInfo.InvariantCulture);
        return offset > TimeSpan.FromHours(14)
            ? throw QueryFaults.Invalid("The value for parameter LabelOptions.Timezone must be between -1400 and +1400.")
            : timezone[0] == '-' ? -offset : offset;
    }
}
