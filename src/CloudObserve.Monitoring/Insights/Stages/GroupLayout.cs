using CloudObserve.Monitoring.Insights.Aggregates;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Stages;

/// <summary>Describes what a command <c>stats</c> computes.</summary>
/// <remarks>
/// A row of the result holds first the keys of the group, then the results of the aggregate functions, and then the columns that are
/// computed from them.
/// </remarks>
internal sealed class GroupLayout
{
    /// <summary>Gets the functions of the keys.</summary>
    internal required IReadOnlyList<RowFunction> Keys { get; init; }

    /// <summary>Gets the argument of each aggregate function, and what creates its aggregate.</summary>
    internal required IReadOnlyList<(RowFunction Argument, Func<Aggregate> Create)> Calls { get; init; }

    /// <summary>Gets the columns that are computed from a row of the result.</summary>
    internal required IReadOnlyList<(int Slot, RowFunction Value)> Columns { get; init; }

    /// <summary>Gets the number of values that a row has until the next <c>stats</c>. It is known when the query is bound to its
    /// end.</summary>
    internal required Func<int> Slots { get; init; }

    /// <summary>Gets the number of rows of <c>topk</c>, whose rows are the most frequent values; 0 for the other functions.</summary>
    internal int TopCount { get; init; }
}
