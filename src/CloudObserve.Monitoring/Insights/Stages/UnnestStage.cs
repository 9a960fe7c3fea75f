using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Stages;

/// <summary>Makes a row of each element of a list. A value that is no list makes one row.</summary>
internal sealed class UnnestStage(RowFunction list, int slot) : RowStage
{
    internal override void Push(LogRow row)
    {
        LogValue value = list(row);
        foreach (LogValue element in JsonAccess.Elements(value) ?? [value])
        {
            row.Values[slot] = element;
            Next!.Push(row);
        }
    }
}
