using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Stages;

/// <summary>Orders rows by keys.</summary>
/// <param name="keys">The indexes of the keys, and whether each is descending.</param>
/// <param name="tie">Orders rows with equal keys.</param>
/// <param name="cancellationToken">The token that ends a long sort.</param>
internal sealed class RowOrder(IReadOnlyList<(int Slot, bool IsDescending)> keys, Comparison<LogRow> tie,
    CancellationToken cancellationToken)
    : IComparer<LogRow>
{
    private const int ComparisonsBetweenChecks = 8_192;

    private int _comparisons;

    /// <summary>Compares rows by time, the newest first.</summary>
    internal static int NewestFirst(LogRow left, LogRow right) => OldestFirst(right, left);

    /// <summary>Compares rows by time, the oldest first.</summary>
    internal static int OldestFirst(LogRow left, LogRow right) =>
        left.Timestamp != right.Timestamp ? left.Timestamp.CompareTo(right.Timestamp) : left.Sequence.CompareTo(right.Sequence);

    /// <summary>Compares rows by their positions alone.</summary>
    internal static int InSequence(LogRow left, LogRow right) => left.Sequence.CompareTo(right.Sequence);

    public int Compare(LogRow? x, LogRow? y)
    {
        if (++_comparisons % ComparisonsBetweenChecks == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        foreach ((int slot, bool isDescending) in keys)
        {
            int order = NaturalOrder.Instance.Compare(x!.Values[slot], y!.Values[slot]);
            if (order != 0)
            {
                return isDescending ? -order : order;
            }
        }

        return tie(x!, y!);
    }

    /// <summary>Sorts rows.</summary>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    internal void Sort(List<LogRow> rows)
    {
        try
        {
            rows.Sort(this);
        }
        catch (InvalidOperationException exception) when (exception.InnerException is OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }
}
