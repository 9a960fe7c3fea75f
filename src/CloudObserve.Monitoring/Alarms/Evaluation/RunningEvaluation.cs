namespace CloudObserve.Monitoring.Alarms.Evaluation;

/// <summary>Evaluates an alarm over a window that moves by one period at a time, without reading the whole window each time.</summary>
/// <remarks>
/// It has the results of <see cref="AlarmEvaluator"/>. A move costs the same whatever N is, and memory is proportional to N.
/// The number of present datapoints beyond N is at most the number of extra periods of the range, so few are looked at to leave them out.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class RunningEvaluation(AlarmPlan plan)
{
    private const byte Present = 1;
    private const byte Breaching = 2;

    // By the number of the period, modulo the length.
    private readonly byte[] _periods = new byte[plan.EvaluationRange];

    // The numbers of the periods that breach, the oldest first: a queue in a ring.
    private readonly long[] _breaching = new long[plan.EvaluationRange];
    private int _first;
    private int _breachingCount;
    private int _presentCount;
    private long _added;

    /// <summary>Adds the newest period. The oldest one leaves the window.</summary>
    internal void Add(in AlarmDatapoint datapoint)
    {
        ref byte period = ref _periods[_added % _periods.Length];
        _presentCount -= period == 0 ? 0 : 1;
        if (period == Breaching)
        {
            _first = (_first + 1) % _breaching.Length;
            _breachingCount--;
        }

        period = !plan.IsPresent(datapoint) ? (byte)0 : plan.IsBreaching(datapoint) ? Breaching : Present;
        _presentCount += period == 0 ? 0 : 1;
        if (period == Breaching)
        {
            _breaching[(_first + _breachingCount) % _breaching.Length] = _added;
            _breachingCount++;
        }

        _added++;
    }

    /// <summary>Evaluates the window.</summary>
    /// <param name="window">The same window, the newest period first.</param>
    /// <param name="current">The present state.</param>
    internal AlarmEvaluation Evaluate(ReadOnlySpan<AlarmDatapoint> window, AlarmState current)
    {
        if (plan.MinSamples > 0)
        {
            // A running sum of samples would not be the same to the last digit.
            return AlarmEvaluator.Evaluate(plan, window, current);
        }

        int leftOut = Math.Max(0, _presentCount - plan.EvaluationPeriods);
        int breachingLeftOut = 0;
        long oldest = Math.Max(0, _added - _periods.Length);
        for (int found = 0; found < leftOut; oldest++)
        {
            byte period = _periods[oldest % _periods.Length];
            found += period == 0 ? 0 : 1;
            breachingLeftOut += period == Breaching ? 1 : 0;
        }

        int breaching = _breachingCount - breachingLeftOut;
        int age = breaching == 0 ? 0 : (int)(_added - _breaching[(_first + breachingLeftOut) % _breaching.Length]);
        return AlarmEvaluator.Evaluate(plan, _presentCount - leftOut, breaching, age, current);
    }
}
