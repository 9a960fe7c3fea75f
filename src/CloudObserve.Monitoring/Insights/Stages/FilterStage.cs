using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Stages;

/// <summary>Passes the rows for which a condition is true.</summary>
internal sealed class FilterStage(RowFunction condition) : RowStage
{
    internal override void Push(LogRow row)
    {
        if (condition(row).IsTrue)
        {
            Next!.Push(row);
        }
    }
}
