using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Stages;

/// <summary>Computes values of each row.</summary>
internal sealed class AssignStage(IReadOnlyList<(int Slot, RowFunction Value)> assignments) : RowStage
{
    internal override void Push(LogRow row)
    {
        foreach ((int slot, RowFunction value) in assignments)
        {
            row.Values[slot] = value(row);
        }

        Next!.Push(row);
    }
}
