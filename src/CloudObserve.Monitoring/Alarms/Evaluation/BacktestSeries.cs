using System.Globalization;

namespace CloudObserve.Monitoring.Alarms.Evaluation;

/// <summary>Moves the window of an evaluation over past datapoints.</summary>
/// <remarks>Memory depends on the number of datapoints, not on the gaps between them.</remarks>
/// <threadsafety>Not safe for concurrent use. Several series can share their datapoints; see <see cref="Restart"/>.</threadsafety>
internal sealed class BacktestSeries
{
    private readonly AlarmPlan _plan;
    private readonly DateTimeOffset _origin;

    // Ascending by period. The period that ends at the origin is 0.
    private readonly BacktestPoint[] _points;
    private readonly double? _bandFactor;
    private readonly BandedDatapoints? _bands;

    // The window fills the buffer from its end to its beginning, so that it is always contiguous and each move costs one write.
    private readonly AlarmDatapoint[] _buffer;
    private int _start;
    private int _next;

    private BacktestSeries(AlarmPlan plan, DateTimeOffset origin, BacktestPoint[] points, double? bandFactor)
    {
        _plan = plan;
        _origin = origin;
        _points = points;
        _bandFactor = bandFactor;
        _bands = BandedDatapoints.Of(bandFactor);
        _buffer = new AlarmDatapoint[plan.EvaluationRange * 2];
        _start = plan.EvaluationRange;
        for (int i = plan.EvaluationRange; i > 0; i--)
        {
            Push(-i);
        }
    }

    /// <summary>Gets the periods of the evaluation range, the newest first.</summary>
    internal ReadOnlyMemory<AlarmDatapoint> Window => _buffer.AsMemory(_start, _plan.EvaluationRange);

    /// <summary>Creates a series at its start.</summary>
    /// <exception cref="ArgumentException">A period has two datapoints, a number of a datapoint is not finite, or the band is not one of
    /// the series that the alarm watches.</exception>
    internal static BacktestSeries Of(AlarmPlan plan, IReadOnlyCollection<AlarmDatapoint> datapoints, DateTimeOffset origin)
    {
        BacktestPoint[] points = new BacktestPoint[datapoints.Count];
        int count = 0;
        bool isSorted = true;
        foreach (AlarmDatapoint datapoint in datapoints)
        {
            CheckNumbers(datapoint);
            points[count] = BacktestPoint.Of(PeriodOf(plan, datapoint.Time, origin), datapoint);
            isSorted &= count == 0 || points[count - 1].Period < points[count].Period;
            count++;
        }

        if (!isSorted)
        {
            Array.Sort(points, static (left, right) => left.Period.CompareTo(right.Period));
            CheckPeriods(plan, points, datapoints, origin);
        }

        return new BacktestSeries(plan, origin, points, BandedDatapoints.FactorOf(plan, datapoints));
    }

    /// <summary>Returns a series of the same datapoints at its start.</summary>
    internal BacktestSeries Restart() => new(_plan, _origin, _points, _bandFactor);

    /// <summary>Moves the window by one period, to the one that ends at a time.</summary>
    internal void MoveTo(DateTimeOffset end) => Push((end - _origin).Ticks / _plan.Period.Ticks);

    private static void CheckNumbers(AlarmDatapoint datapoint)
    {
        if (!IsFinite(datapoint.Value) || !IsFinite(datapoint.SampleCount) || !IsFinite(datapoint.LowerThreshold)
            || !IsFinite(datapoint.UpperThreshold))
        {
            string fault = string.Create(
                CultureInfo.InvariantCulture, $"The datapoint at {datapoint.Time:u} has a number that is not finite.");
            throw new ArgumentException(fault);
        }

        static bool IsFinite(double? number) => double.IsFinite(number ?? 0);
    }

    private static void CheckPeriods(
        AlarmPlan plan, BacktestPoint[] points, IReadOnlyCollection<AlarmDatapoint> datapoints, DateTimeOffset origin)
    {
        for (int i = 1; i < points.Length; i++)
        {
            long period = points[i].Period;
            if (period == points[i - 1].Period)
            {
                DateTimeOffset time = datapoints.Where(d => PeriodOf(plan, d.Time, origin) == period).ElementAt(1).Time;
                string fault = string.Create(
                    CultureInfo.InvariantCulture, $"The period of {plan.Period.TotalSeconds} seconds at {time:u} has two datapoints.");
                throw new ArgumentException(fault, nameof(datapoints));
            }
        }
    }

    private static long PeriodOf(AlarmPlan plan, DateTimeOffset time, DateTimeOffset origin)
    {
        long ticks = (time - origin).Ticks;
        long period = plan.Period.Ticks;
        return (ticks >= 0 ? ticks / period : ((ticks + 1) / period) - 1) + 1;
    }

    private void Push(long period)
    {
        AlarmDatapoint datapoint = new(StartOf(period), null);
        for (; _next < _points.Length && _points[_next].Period <= period; _next++)
        {
            // The detector learns from every datapoint, also from those that no window has.
            if (_bands is not null || _points[_next].Period == period)
            {
                AlarmDatapoint passed = _points[_next].At(StartOf(_points[_next].Period));
                passed = _bands?.Add(passed) ?? passed;
                datapoint = _points[_next].Period == period ? passed : datapoint;
            }
        }

        if (_start == 0)
        {
            Window.CopyTo(_buffer.AsMemory(_plan.EvaluationRange));
            _start = _plan.EvaluationRange;
        }

        _start--;
        _buffer[_start] = datapoint;
    }

    private DateTimeOffset StartOf(long period)
    {
        long ticks = _origin.UtcTicks + ((period - 1) * _plan.Period.Ticks);
        return ticks < 0 ? DateTimeOffset.MinValue : new DateTimeOffset(ticks, TimeSpan.Zero);
    }
}
