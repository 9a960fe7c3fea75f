using System.Globalization;
using System.Text;
using CloudObserve.Local;
using CloudObserve.Metrics;

namespace CloudObserve.Monitoring.Expressions.Queries;

/// <summary>Identifies the time series that a band is computed of, whatever ids a request gives to its metrics.</summary>
internal static class BandKey
{
    /// <summary>Returns the key of the operands of a band.</summary>
    internal static string Of(QueryPlan plan, MathProgram operands)
    {
        MathInstruction[] steps = [.. operands.Instructions.Where(static step => step.Operation != MathOperation.Number)];
        PlannedQuery? only = steps is [{ Operation: MathOperation.Reference } step]
            ? plan.Queries.First(query => query.Query.Id == operands.References[step.Reference])
            : null;
        if (only is { IsMetric: true })
        {
            return Of(only.Query.MetricStat!);
        }

        StringBuilder key = new();
        foreach (PlannedQuery query in plan.ClosureOf(operands).Order().Select(index => plan.Queries[index]))
        {
            string? content = query.IsMetric ? Of(query.Query.MetricStat!) : query.Query.Expression;
            _ = key.Append(query.Query.Id).Append('=').Append(content).Append('\n');
        }

        return key.Append(operands.Text).ToString();
    }

    private static string Of(MetricStat stat)
    {
        IEnumerable<MetricDimension> dimensions =
            stat.Metric.Dimensions.OrderBy(static dimension => dimension.Name, StringComparer.Ordinal);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{stat.Metric.Namespace}\0{stat.Metric.MetricName}\0{string.Join('\0', dimensions)}\0"
                + $"{stat.Stat}\0{stat.Unit}\0{stat.Period.TotalSeconds}");
    }
}
