using CloudObserve.Monitoring.Insights.Language;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Aggregates;

/// <summary>Computes how many events, or what sum, an interval has on average, from the interval of the first event to that of the
/// last.</summary>
/// <param name="period">The length of the intervals.</param>
/// <param name="counts">Whether rows are counted, and not summed.</param>
internal sealed class IntervalAggregate(QueryPeriod period, bool counts) : Aggregate
{
    private double _total;
    private long _first = long.MaxValue;
    private long _last = long.MinValue;

    internal override void Add(in LogValue value, LogRow row)
    {
        double number = 1;
        if (row.Timestamp == LogRow.NoTimestamp || value.IsMissing || (!counts && !value.TryGetNumber(out number)))
        {
            return;
        }

        _total += number;
        (_first, _last) = (Math.Min(_first, row.Timestamp), Math.Max(_last, row.Timestamp));
    }

    internal override void Merge(Aggregate other)
    {
        IntervalAggregate added = (IntervalAggregate)other;
        _total += added._total;
        (_first, _last) = (Math.Min(_first, added._first), Math.Max(_last, added._last));
    }

    internal override LogValue Result() => _first > _last
        ? LogValue.Missing
        : LogValue.From(_total / Math.Max(1, Math.Round((period.Next(period.Floor(_last)) - period.Floor(_first)) / period.Milliseconds)));
}
