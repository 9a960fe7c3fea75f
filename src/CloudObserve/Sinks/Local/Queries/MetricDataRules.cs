using CloudObserve.Local;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Checks a request of GetMetricData and each of its queries.</summary>
internal static class MetricDataRules
{
    internal static PreparedQuery[] Check(GetMetricDataRequest request)
    {
        IReadOnlyList<MetricDataQuery> queries = request.MetricDataQueries;
        if (queries.Count is 0 or > QueryLimits.MaxQueries)
        {
            throw Fault($"The collection MetricDataQueries must have a size between 1 and {QueryLimits.MaxQueries}.");
        }

        if (request.StartTime >= request.EndTime)
        {
            throw Fault("The parameter StartTime must be less than the parameter EndTime.");
        }

        if (request.MaxDatapoints is < 1 or > QueryLimits.MaxDatapointsPerPage)
        {
            throw Fault($"The parameter MaxDatapoints must be between 1 and {QueryLimits.MaxDatapointsPerPage}.");
        }

        HashSet<string> ids = new(StringComparer.Ordinal);
        return [.. queries.Select((query, i) => Check(query, $"MetricDataQueries.member.{i + 1}", ids))];
    }

    private static PreparedQuery Check(MetricDataQuery query, string path, HashSet<string> ids)
    {
        if (!IsId(query.Id))
        {
            throw Fault($"The value for parameter {path}.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.");
        }

        if (!ids.Add(query.Id))
        {
            throw Fault("The values for parameter id in MetricDataQueries are not unique.");
        }

        MetricStat stat = CheckForm(query, path);
        return new PreparedQuery(
            query.Id,
            query.Label ?? stat.Metric.MetricName,
            MetricQueryRules.Check(stat.Metric, $"{path}.MetricStat.Metric."),
            MetricQueryRules.CheckUnit(stat.Unit, $"{path}.MetricStat.Unit"),
            StatisticParser.Parse(stat.Stat, $"{path}.MetricStat.Stat"),
            PeriodRules.Check(stat.Period, $"{path}.MetricStat.Period"),
            query.ReturnData,
            query.AccountId is not null and not EmbeddedCloudWatch.AccountId);
    }

    private static MetricStat CheckForm(MetricDataQuery query, string path)
    {
        if (query.Expression is { } expression)
        {
            if (MathFunctions.FirstUnknown(expression) is { } unknown)
            {
                throw Fault($"Error in expression '{query.Id}': Function '{unknown}' not found");
            }

            throw Fault(query.MetricStat is null
                ? $"The parameter {path}.Expression uses metric math, which is not supported by the embedded CloudWatch."
                : $"The parameters {path}.MetricStat and {path}.Expression are mutually exclusive and you have specified both.");
        }

        return query.MetricStat ?? throw Fault($"The parameter {path}.MetricStat is required.");
    }

    private static bool IsId(string? id) =>
        id is { Length: > 0 and <= QueryLimits.MaxIdLength }
        && char.IsAsciiLetterLower(id[0])
        && id.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');

    private static CloudWatchException Fault(string message) => new(ErrorCodes.ValidationError, message);
}
