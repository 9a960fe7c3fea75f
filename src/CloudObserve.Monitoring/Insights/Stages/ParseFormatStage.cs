using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Stages;

/// <summary>Takes values out of a text of a known format.</summary>
/// <param name="source">Gets the text.</param>
/// <param name="parse">Gets the values, at most as many as there are places for them.</param>
/// <param name="slots">Where the values go.</param>
internal sealed class ParseFormatStage(RowFunction source, Func<LogValue, IReadOnlyList<LogValue>> parse, int[] slots) : RowStage
{
    internal override void Push(LogRow row)
    {
        LogValue text = source(row);
        IReadOnlyList<LogValue> values = text.IsMissing ? [] : parse(text);
        for (int i = 0; i < slots.Length; i++)
        {
            row.Values[slots[i]] = i < values.Count ? values[i] : LogValue.Missing;
        }

        Next!.Push(row);
    }
}
