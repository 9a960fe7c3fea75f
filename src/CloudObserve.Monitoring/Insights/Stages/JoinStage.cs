using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Stages;

/// <summary>Adds the columns of another query to the rows with the same key.</summary>
/// <param name="key">Gets the key of a row.</param>
/// <param name="right">The rows of the other query by their keys.</param>
/// <param name="slots">Where the columns go.</param>
/// <param name="isLeft">Whether rows without a partner are kept.</param>
internal sealed class JoinStage(
    RowFunction key, ILookup<string, IReadOnlyList<LogValue>> right, Func<IReadOnlyList<int>> slots, bool isLeft) : RowStage
{
    internal override void Push(LogRow row)
    {
        bool isJoined = false;
        foreach (IReadOnlyList<LogValue> partner in key(row).ToText() is { } text ? right[text] : [])
        {
            isJoined = true;
            IReadOnlyList<int> targets = slots();
            for (int i = 0; i < targets.Count; i++)
            {
                row.Values[targets[i]] = partner[i];
            }

            Next!.Push(row);
        }

        if (!isJoined && isLeft)
        {
            foreach (int slot in slots())
            {
                row.Values[slot] = LogValue.Missing;
            }

            Next!.Push(row);
        }
    }
}
