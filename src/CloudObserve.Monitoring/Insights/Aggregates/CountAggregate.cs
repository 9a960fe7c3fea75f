using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Aggregates;

/// <summary>Counts rows, or the rows that have a value.</summary>
/// <param name="countsAll">Whether rows without a value count.</param>
internal sealed class CountAggregate(bool countsAll) : Aggregate
{
    private long _count;

    internal override void Add(in LogValue value, LogRow row) => _count += countsAll || !value.IsMissing ? 1 : 0;

    internal override void Merge(Aggregate other) => _count += ((CountAggregate)other)._count;

    internal override LogValue Result() => LogValue.From((double)_count);
}
