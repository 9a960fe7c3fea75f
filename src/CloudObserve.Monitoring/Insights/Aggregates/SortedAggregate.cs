using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Aggregates;

/// <summary>Finds the value that stands first or last in the order of <c>sort</c>.</summary>
/// <param name="sign">1 for the last, -1 for the first.</param>
/// <param name="memory">The memory of the query.</param>
internal sealed class SortedAggregate(int sign, QueryMemory memory) : Aggregate
{
    private LogValue _value;

    internal override void Add(in LogValue value, LogRow row)
    {
        if (IsBetter(value))
        {
            _value = memory.Keep(value, _value, copies: true);
        }
    }

    internal override void Merge(Aggregate other)
    {
        LogValue added = ((SortedAggregate)other)._value;
        if (IsBetter(added))
        {
            _value = memory.Keep(added, _value, copies: false);
        }
        else
        {
            memory.Release(added.Utf8.Length);
        }
    }

    internal override LogValue Result() => _value;

    private bool IsBetter(in LogValue value) => !value.IsMissing && !value.IsStructure
        && (_value.IsMissing || NaturalOrder.Instance.Compare(value, _value) * sign > 0);
}
