using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Stages;

/// <summary>Represents the last of the steps that run while events are read: it collects what the rest of the query needs.</summary>
internal abstract class RowCollector : RowStage
{
    /// <summary>Gets the number of rows that arrived.</summary>
    internal long Arrived { get; private set; }

    /// <summary>Gets the number of rows that are enough from a reader that reads the newest events first; <see langword="null"/> if it
    /// must read them all.</summary>
    internal virtual int? Enough => null;

    /// <summary>Gets a value indicating whether any events are enough, so that the order of the reader does not matter.</summary>
    internal virtual bool IsAnyEnough => false;

    internal override void Push(LogRow row)
    {
        Arrived++;
        Collect(row);
    }

    /// <summary>Adds what another thread has collected.</summary>
    internal abstract void Merge(RowCollector other);

    /// <summary>Gets the rows for the rest of the query, in their order.</summary>
    internal abstract List<LogRow> Rows(CancellationToken cancellationToken);

    protected abstract void Collect(LogRow row);
}
