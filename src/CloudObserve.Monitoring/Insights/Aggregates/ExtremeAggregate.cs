using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Aggregates;

/// <summary>Finds the smallest or the largest number; if there are no numbers, the first or the last text.</summary>
/// <param name="sign">1 for the largest, -1 for the smallest.</param>
/// <param name="memory">The memory of the query.</param>
internal sealed class ExtremeAggregate(int sign, QueryMemory memory) : Aggregate
{
    private double? _number;
    private LogValue _text;

    internal override void Add(in LogValue value, LogRow row)
    {
        if (value.TryGetNumber(out double number))
        {
            _number = _number is { } best && best.CompareTo(number) * sign >= 0 ? best : number;
        }
        else if (value.Kind == LogValueKind.Text && _number is null
            && (_text.IsMissing || value.Utf8.SequenceCompareTo(_text.Utf8) * sign > 0))
        {
            _text = memory.Keep(value, _text, copies: true);
        }
    }

    internal override void Merge(Aggregate other)
    {
        ExtremeAggregate added = (ExtremeAggregate)other;
        if (added._number is { } number)
        {
            _number = _number is { } best && best.CompareTo(number) * sign >= 0 ? best : number;
        }

        if (!added._text.IsMissing && (_text.IsMissing || added._text.Utf8.SequenceCompareTo(_text.Utf8) * sign > 0))
        {
            _text = memory.Keep(added._text, _text, copies: false);
        }
        else
        {
            memory.Release(added._text.Utf8.Length);
        }
    }

    internal override LogValue Result() => _number is { } number ? LogValue.From(number) : _text;
}
