using System.Globalization;

namespace CloudObserve.Monitoring.Alarms.Evaluation;

/// <summary>Moves the window of an evaluation over past datapoints.</summary>
/// <remarks>Memory depends on the number of datapoints, not on the gaps between them.</remarks>
internal sealed class BacktestSeries
{
    private readonly AlarmPlan _plan;
    private readonly DateTimeOffset _origin;

    // The index of the period of each datapoint, ascending. The period that ends at the origin is 0.
    private readonly (long Period, AlarmDatapoint Datapoint)[] _datapoints;

    // The window fills the buffer from its end to its beginning, so that it is always contiguous and each move costs one write.
    private readonly AlarmDatapoint[] _buffer;
    private int _start;
    private int _next;

    private BacktestSeries(AlarmPlan plan, DateTimeOffset origin, (long Period, AlarmDatapoint Datapoint)[] datapoints)
    {
        _plan = plan;
        _origin = origin;
        _datapoints = datapoints;
        _buffer = new AlarmDatapoint[plan.EvaluationRange * 2];
        _start = plan.EvaluationRange;
        for (int i = plan.EvaluationRange; i > 0; i--)
        {
            Push(-i);
        }
    }

    /// <summary>Gets the periods of the evaluation range, the newest first.</summary>
    internal ReadOnlySpan<AlarmDatapoint> Window => Memory.Span;

    /// <inheritdoc cref="Window"/>
    internal ReadOnlyMemory<AlarmDatapoint> Memory => _buffer.AsMemory(_start, _plan.EvaluationRange);

    /// <exception cref="ArgumentException">A number of a datapoint is not finite, which CloudWatch does not store.</exception>
    internal static void CheckNumbers(IReadOnlyCollection<AlarmDatapoint> datapoints)
    {
        foreach (AlarmDatapoint datapoint in datapoints)
        {
            if (!IsFinite(datapoint.Value) || !IsFinite(datapoint.SampleCount) || !IsFinite(datapoint.LowerThreshold)
                || !IsFinite(datapoint.UpperThreshold))
            {
                string fault = string.Create(
                    CultureInfo.InvariantCulture, $"The datapoint at {datapoint.Time:u} has a number that is not finite.");
                throw new ArgumentException(fault, nameof(datapoints));
            }
        }

        static bool IsFinite(double? number) => double.IsFinite(number ?? 0);
    }

    /// <exception cref="ArgumentException">A period has two datapoints, or a number of a datapoint is not finite.</exception>
    internal static BacktestSeries Of(AlarmPlan plan, IReadOnlyCollection<AlarmDatapoint> datapoints, DateTimeOffset origin)
    {
        CheckNumbers(datapoints);
        (long Period, AlarmDatapoint Datapoint)[] sorted =
            [.. datapoints.Select(d => (Period: PeriodOf(plan, d.Time, origin), d)).OrderBy(static d => d.Period)];
        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Period == sorted[i - 1].Period)
            {
                DateTimeOffset time = sorted[i].Datapoint.Time;
                string fault = string.Create(
                    CultureInfo.InvariantCulture, $"The period of {plan.Period.TotalSeconds} seconds at {time:u} has two datapoints.");
                throw new ArgumentException(fault, nameof(datapoints));
            }
        }

        return new BacktestSeries(plan, origin, sorted);
    }

    /// <summary>Moves the window by one period, to the one that ends at a time.</summary>
    internal void MoveTo(DateTimeOffset end) => Push((end - _origin).Ticks / _plan.Period.Ticks);

    private static long PeriodOf(AlarmPlan plan, DateTimeOffset time, DateTimeOffset origin)
    {
        long ticks = (time - origin).Ticks;
        long period = plan.Period.Ticks;
        return (ticks >= 0 ? ticks / period : ((ticks + 1) / period) - 1) + 1;
    }

    private void Push(long period)
    {
        while (_next < _datapoints.Length && _datapoints[_next].Period < period)
        {
            _next++;
        }

        if (_start == 0)
        {
            Window.CopyTo(_buffer.AsSpan(_plan.EvaluationRange));
            _start = _plan.EvaluationRange;
        }

        _start--;
        _buffer[_start] = _next < _datapoints.Length && _datapoints[_next].Period == period
            ? _datapoints[_next].Datapoint with { Time = StartOf(period) }
            : new AlarmDatapoint(StartOf(period), null);
    }

    private DateTimeOffset StartOf(long period)
    {
        long ticks = _origin.UtcTicks + ((period - 1) * _plan.Period.Ticks);
        return ticks < 0 ? DateTimeOffset.MinValue : new DateTimeOffset(ticks, TimeSpan.Zero);
    }
}
