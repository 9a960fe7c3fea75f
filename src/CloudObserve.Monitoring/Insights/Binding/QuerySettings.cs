using CloudObserve.Monitoring.Insights.Language;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Binding;

/// <summary>Holds what an execution of a query gives to its steps.</summary>
/// <param name="Memory">The memory of the query.</param>
/// <param name="Now">The time at the start of the execution, in milliseconds since 1970.</param>
/// <param name="Start">The start of the time range in milliseconds, if it is known.</param>
/// <param name="End">The end of the time range in milliseconds, if it is known.</param>
/// <param name="Limit">A limit behind the last command, if there is one.</param>
/// <param name="CancellationToken">The token that ends the execution.</param>
internal sealed record QuerySettings(
    QueryMemory Memory, double Now, double? Start, double? End, int? Limit, CancellationToken CancellationToken)
{
    /// <summary>Gets the settings for a query that is only checked.</summary>
    internal static QuerySettings ForCheck { get; } = new(new QueryMemory(long.MaxValue), 0, null, null, null, CancellationToken.None);

    /// <summary>Gets the values that the queries in brackets have returned, by the first command of each.</summary>
    internal Dictionary<QueryCommand,
        IReadOnlyList<IReadOnlyList<LogValue>>> InnerResults
    { get; } = new(ReferenceEqualityComparer.Instance);
}
