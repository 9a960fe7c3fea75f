using System.Globalization;
using System.Text;
using CloudObserve.Sinks.Local;
using CloudObserve.Sinks.Local.Queries;

namespace CloudObserve.Monitoring.Expressions.Queries;

/// <summary>Identifies the time series that a band is computed of, whatever ids a request gives to its metrics.</summary>
internal static class BandKey
{
    /// <summary>Returns the key of the operands of a band.</summary>
    internal static string Of(QueryPlan plan, MathProgram operands)
    {
        if (operands.Instructions[0] is { Operation: MathOperation.Reference } first && plan.Queries.First(q => q.Query.Id == operands.References[first.Reference]) is { IsMetric: true } only
            && operands.Instructions.Count(static i => i.Operation != MathOperation.Number) == 1)
        {
            return Of(only.Query.MetricStat!);
        }

        StringBuilder key = new();
        foreach (PlannedQuery query in plan.ClosureOf(operands).Order().Select(index => plan.Queries[index]))
        {
            _ = key.Append(query.Query.Id).Append('=').Append(query.IsMetric ? Of(query.Query.MetricStat!) : query.Query.Expression).Append('\n');
        }

        return key.Append(operands.Text).ToString();
    }

    private static string Of(MetricStat stat)
    {
        IEnumerable<Dimension> dimensions = stat.Metric.Dimensions.OrderBy(static dimension => dimension.Name, StringComparer.Ordinal);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{stat.Metric.Namespace}\0{stat.Metric.MetricName}\0{string.Join('\0', dimensions)}\0{stat.Stat}\0{stat.Unit}\0{stat.Period.TotalSeconds}");
    }
}
