using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Stages;

/// <summary>Represents a step of a query that takes one row at a time and needs no other row.</summary>
/// <threadsafety>Not safe for concurrent use. Each thread that reads events has its own steps.</threadsafety>
internal abstract class RowStage
{
    /// <summary>Gets or sets the step that takes the rows of this one.</summary>
    internal RowStage? Next { get; set; }

    /// <summary>Takes a row. It may be used again after the call.</summary>
    internal abstract void Push(LogRow row);
}
