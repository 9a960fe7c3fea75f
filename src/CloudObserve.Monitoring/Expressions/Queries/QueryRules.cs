using CloudObserve.Local;
using CloudObserve.Monitoring.Expressions.Functions;
using CloudObserve.Monitoring.Expressions.Labels;
using CloudObserve.Monitoring.Expressions.Selections;

namespace CloudObserve.Monitoring.Expressions.Queries;

/// <summary>Checks the queries of a request one by one.</summary>
/// <remarks>The embedded CloudWatch checks the metrics themselves when they are read.</remarks>
internal static class QueryRules
{
    /// <summary>Checks queries.</summary>
    /// <exception cref="CloudWatchException">A query breaks a rule of CloudWatch.</exception>
    internal static PlannedQuery[] Check(IReadOnlyList<MetricDataQuery> queries)
    {
        if (queries.Count is 0 or > QueryLimits.MaxQueries)
        {
            throw QueryFaults.Invalid($"The collection MetricDataQueries must have a size between 1 and {QueryLimits.MaxQueries}.");
        }

        HashSet<string> ids = new(StringComparer.Ordinal);
        PlannedQuery[] planned = [.. queries.Select((query, i) => Check(query, i, ids))];
        if (planned.Sum(static query => query.Program?.CountOf(SourceFunctions.Search) ?? 0) > QueryLimits.MaxSearches)
        {
            throw QueryFaults.Invalid(
                $"The collection MetricDataQueries must not have more than {QueryLimits.MaxSearches} search expressions.");
        }

        return planned.Count(static query => query.Selection is not null) > 1
            ? throw QueryFaults.Invalid("The collection MetricDataQueries must not have more than one query of Metrics Insights.")
            : planned;
    }

    private static PlannedQuery Check(MetricDataQuery query, int index, HashSet<string> ids)
    {
        string path = $"MetricDataQueries.member.{index + 1}";
        if (!IsId(query.Id))
        {
            throw QueryFaults.Invalid($"The value for parameter {path}.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.");
        }

        if (!ids.Add(query.Id))
        {
            throw QueryFaults.Invalid("The values for parameter id in MetricDataQueries are not unique.");
        }

        CheckForm(query, path);
        LabelTemplate? label = query.Label is null ? null : LabelTemplate.Parse(query.Label, $"{path}.Label");
        PlannedQuery planned = new(query, index) { Label = label };
        return query.Expression is { } expression ? Compile(planned, expression) : planned;
    }

    private static void CheckForm(MetricDataQuery query, string path)
    {
        if (query.MetricStat is not null && query.Expression is not null)
        {
            throw QueryFaults.Invalid(
                $"The parameters {path}.MetricStat and {path}.Expression are mutually exclusive and you have specified both.");
        }

        if (query.MetricStat is null && query.Expression is null)
        {
            throw QueryFaults.Invalid($"The parameter {path}.MetricStat is required.");
        }

        if (query.Period is { } period && !QueryLimits.IsPeriod(period))
        {
            throw QueryFaults.InvalidValue($"{path}.Period", "must be 1, 5, 10, 20, 30 or a multiple of 60");
        }
    }

    private static PlannedQuery Compile(PlannedQuery planned, string expression)
    {
        try
        {
            return SelectQuery.IsSelect(expression)
                ? planned with { Selection = SelectQuery.Parse(expression) }
                : planned with { Program = MathProgram.Compile(expression) };
        }
        catch (MathException fault)
        {
            throw planned.Fault(fault);
        }
    }

    private static bool IsId(string? id) =>
        id is { Length: > 0 and <= QueryLimits.MaxIdLength }
        && char.IsAsciiLetterLower(id[0])
        && id.All(static character => char.IsAsciiLetterOrDigit(character) || character == '_');
}
