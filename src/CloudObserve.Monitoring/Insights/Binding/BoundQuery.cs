using CloudObserve.Insights;
using CloudObserve.Monitoring.Insights.Stages;

namespace CloudObserve.Monitoring.Insights.Binding;

/// <summary>Holds the steps of a query for one thread.</summary>
internal sealed class BoundQuery
{
    /// <summary>Gets the names of the events' fields.</summary>
    internal required QueryScope Events { get; init; }

    /// <summary>Gets the step that takes each event.</summary>
    internal required RowStage First { get; init; }

    /// <summary>Gets the step that collects what the events make.</summary>
    internal required RowCollector Collector { get; init; }

    /// <summary>Gets the steps that take the collected rows.</summary>
    internal required IReadOnlyList<ListStage> Tail { get; init; }

    /// <summary>Gets the columns of the result.</summary>
    internal required IReadOnlyList<(string Name, int Slot)> Columns { get; init; }

    /// <summary>Gets the index of the pointer to the event, if the rows of the result are events.</summary>
    internal required int? PointerSlot { get; init; }

    /// <summary>Gets a value indicating whether a command reads the pointer, so that each event needs it.</summary>
    internal required bool ReadsPointer { get; init; }

    /// <summary>Gets the log groups that the query selects; <see langword="null"/> for those that the caller gives.</summary>
    internal required LogGroupSelection? Selection { get; init; }

    /// <summary>Gets the steps in words.</summary>
    internal required IReadOnlyList<string> Words { get; init; }

    /// <summary>Gets the queries whose results the query needs before it begins.</summary>
    internal required IReadOnlyList<InnerQuery> Inner { get; init; }
}
