using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Aggregates;

/// <summary>Finds the value that stands first or last in the order of <c>sort</c>.</summary>
/// <param name="sign">1 for the last, -1 for the first.</param>
internal sealed class SortedAggregate(int sign) : Aggregate
{
    private LogValue _value;

    internal override void Add(in LogValue value, LogRow row)
    {
        if (IsBetter(value))
        {
            _value = value.Kept();
        }
    }

    internal override void Merge(Aggregate other)
    {
        LogValue added = ((SortedAggregate)other)._value;
        _value = IsBetter(added) ? added : _value;
    }

    internal override LogValue Result() => _value;

    private bool IsBetter(in LogValue value) => !value.IsMissing && !value.IsStructure
        && (_value.IsMissing || NaturalOrder.Instance.Compare(value, _value) * sign > 0);
}
