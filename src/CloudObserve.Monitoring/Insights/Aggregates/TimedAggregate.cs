using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Aggregates;

/// <summary>Finds the value of the earliest and of the latest event that has one.</summary>
/// <param name="memory">The memory of the query.</param>
/// <param name="result">Computes the result from both values and their times.</param>
internal sealed class TimedAggregate(QueryMemory memory, Func<LogValue, long, LogValue, long, LogValue> result) : Aggregate
{
    private LogValue _earliest;
    private LogValue _latest;
    private (long Time, long Sequence) _first;
    private (long Time, long Sequence) _last;

    internal override void Add(in LogValue value, LogRow row)
    {
        if (!value.IsMissing)
        {
            (long, long) at = (row.Timestamp, row.Sequence);
            Take(value, at, value, at, keeps: true);
        }
    }

    internal override void Merge(Aggregate other)
    {
        TimedAggregate added = (TimedAggregate)other;
        if (!added._earliest.IsMissing)
        {
            Take(added._earliest, added._first, added._latest, added._last, keeps: false);
        }
    }

    internal override LogValue Result() => _earliest.IsMissing ? LogValue.Missing : result(_earliest, _first.Time, _latest, _last.Time);

    private void Take(in LogValue early, (long, long) first, in LogValue late, (long, long) last, bool keeps)
    {
        bool isEmpty = _earliest.IsMissing;
        if (isEmpty || first.CompareTo(_first) < 0)
        {
            (_earliest, _first) = (memory.Keep(early, _earliest, keeps), first);
        }
        else if (!keeps)
        {
            memory.Release(early.Utf8.Length);
        }

        if (isEmpty || last.CompareTo(_last) > 0)
        {
            (_latest, _last) = (memory.Keep(late, _latest, keeps), last);
        }
        else if (!keeps)
        {
            memory.Release(late.Utf8.Length);
        }
    }
}
