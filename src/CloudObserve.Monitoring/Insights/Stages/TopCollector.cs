using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Stages;

/// <summary>Keeps the first rows of an order.</summary>
/// <param name="order">The order.</param>
/// <param name="count">The number of rows.</param>
/// <param name="memory">The memory of the query.</param>
/// <param name="endsEarly">Whether the rows come in this order, so that the first ones are enough.</param>
/// <param name="inAnyOrder">Whether any rows will do.</param>
internal sealed class TopCollector(RowOrder order, int count, QueryMemory memory, bool endsEarly, bool inAnyOrder) : RowCollector
{
    private readonly List<LogRow> _rows = [];
    private LogRow? _last;

    internal override int? Enough => endsEarly ? count : null;

    internal override bool IsAnyEnough => inAnyOrder;

    internal override void Merge(RowCollector other)
    {
        _rows.AddRange(((TopCollector)other)._rows);
        Prune();
    }

    internal override List<LogRow> Rows(CancellationToken cancellationToken)
    {
        order.Sort(_rows);
        Cut();
        return _rows;
    }

    protected override void Collect(LogRow row)
    {
        // A row behind the last one that may still be in the result needs no copy.
        if (_last is not null && order.Compare(row, _last) >= 0)
        {
            return;
        }

        LogRow kept = row.Keep();
        memory.Reserve(kept.Bytes, "rows");
        _rows.Add(kept);
        if (_rows.Count >= 2L * count)
        {
            Prune();
        }
    }

    private void Prune()
    {
        if (_rows.Count > count)
        {
            order.Sort(_rows);
            Cut();
            _last = _rows[^1];
        }
    }

    private void Cut()
    {
        if (_rows.Count > count)
        {
            memory.Release(_rows.Skip(count).Sum(static row => row.Bytes));
            _rows.RemoveRange(count, _rows.Count - count);
        }
    }
}
