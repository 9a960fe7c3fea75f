using CloudObserve.Local;
using CloudObserve.Monitoring.Expressions.Labels;
using CloudObserve.Monitoring.Expressions.Selections;

namespace CloudObserve.Monitoring.Expressions.Queries;

/// <summary>Represents a query of a request that passed every check.</summary>
/// <param name="Query">The query.</param>
/// <param name="Index">Its index in the request.</param>
internal sealed record PlannedQuery(MetricDataQuery Query, int Index)
{
    /// <summary>Gets the metric math.</summary>
    /// <value><see langword="null"/> if the query reads a metric or is a query of Metrics Insights.</value>
    internal MathProgram? Program { get; init; }

    /// <summary>Gets the query of Metrics Insights.</summary>
    internal SelectQuery? Selection { get; init; }

    /// <summary>Gets the label.</summary>
    /// <value><see langword="null"/> if the query has none.</value>
    internal LabelTemplate? Label { get; init; }

    /// <summary>Gets a value indicating whether the query reads a metric.</summary>
    internal bool IsMetric => Query.MetricStat is not null;

    /// <summary>Gets the indexes of the queries whose results the expression uses.</summary>
    internal IReadOnlyList<int> Dependencies { get; init; } = [];

    /// <summary>Gets the period in seconds that the query asks for.</summary>
    internal long? Period => Query.Period is { } period ? (long)period.TotalSeconds : null;

    /// <summary>Returns a fault of the expression in the words of CloudWatch.</summary>
    internal CloudWatchException Fault(MathException fault) => QueryFaults.Invalid(fault.IsOfService
        ? $"Error in expression '{Query.Id}': {fault.Message}"
        : $"Error in expression '{Query.Id}' at position {fault.Position}: {fault.Message}");
}
