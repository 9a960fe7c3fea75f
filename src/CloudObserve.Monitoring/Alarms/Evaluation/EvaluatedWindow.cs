namespace CloudObserve.Monitoring.Alarms.Evaluation;

/// <summary>Sorts the periods of an evaluation by their use, for its reason and its explanation.</summary>
/// <remarks>It is created when a state changes or somebody asks, not for each evaluation.</remarks>
internal sealed class EvaluatedWindow
{
    private readonly AlarmDatapoint[] _window;
    private readonly List<int> _used = [];
    private readonly List<int> _filled = [];

    /// <param name="plan">The alarm.</param>
    /// <param name="window">The periods of the evaluation range, the newest first.</param>
    /// <param name="evaluation">The result of the evaluation.</param>
    internal EvaluatedWindow(AlarmPlan plan, ReadOnlySpan<AlarmDatapoint> window, AlarmEvaluation evaluation)
    {
        Plan = plan;
        Evaluation = evaluation;
        _window = window[..Math.Min(window.Length, plan.EvaluationRange)].ToArray();
        for (int i = 0; i < _window.Length; i++)
        {
            bool isPresent = plan.IsPresent(_window[i]);
            if (isPresent && _used.Count < plan.EvaluationPeriods)
            {
                _used.Add(i);
            }
            else if (!isPresent && _filled.Count < evaluation.Filled)
            {
                _filled.Add(i);
            }
        }
    }

    internal AlarmPlan Plan { get; }

    internal AlarmEvaluation Evaluation { get; }

    /// <summary>Gets the periods, the newest first.</summary>
    internal IReadOnlyList<AlarmDatapoint> Periods => _window;

    /// <summary>Gets the used datapoints from the oldest to the newest, with the periods without a datapoint between them.</summary>
    internal IEnumerable<(AlarmDatapoint Datapoint, bool IsPresent)> Recent
    {
        get
        {
            for (int i = _used.Count == 0 ? -1 : _used[^1]; i >= 0 && i >= _used[0]; i--)
            {
                yield return (_window[i], Plan.IsPresent(_window[i]));
            }
        }
    }

    /// <summary>Gets the used datapoints that support a state, the newest first.</summary>
    internal List<AlarmDatapoint> Supporting(AlarmState state) =>
        [.. _used.Select(i => _window[i]).Where(datapoint => Supports(datapoint, state))];

    /// <summary>Gets the periods that CloudWatch reports as evaluated, the newest first.</summary>
    /// <remarks>
    /// These are the datapoints that support the state, and then the newest missing periods until there are enough for a change to the state:
    /// M for ALARM and INSUFFICIENT_DATA, and N - M + 1 for OK.
    /// </remarks>
    internal IEnumerable<(AlarmDatapoint Datapoint, bool IsPresent)> Evaluated(AlarmState state)
    {
        HashSet<int> chosen = [.. _used.Where(i => Supports(_window[i], state))];
        foreach (int i in _filled.Take(Minimum(state) - chosen.Count))
        {
            _ = chosen.Add(i);
        }

        return chosen.Order().Select(i => (_window[i], Plan.IsPresent(_window[i])));
    }

    /// <summary>Returns the number of datapoints that a change to a state needs.</summary>
    internal int Minimum(AlarmState state) =>
        state == AlarmState.Ok ? Plan.EvaluationPeriods - Plan.DatapointsToAlarm + 1 : Plan.DatapointsToAlarm;

    internal AlarmDatapointUse UseOf(int period) =>
        _used.Contains(period) ? Plan.IsBreaching(_window[period]) ? AlarmDatapointUse.Breaching : AlarmDatapointUse.NotBreaching
        : Plan.IsPresent(_window[period]) ? AlarmDatapointUse.NotUsed
        : !_filled.Contains(period) ? AlarmDatapointUse.Missing
        : Plan.Treatment switch
        {
            MissingDataTreatment.Breaching => AlarmDatapointUse.FilledAsBreaching,
            MissingDataTreatment.NotBreaching => AlarmDatapointUse.FilledAsNotBreaching,
            _ => AlarmDatapointUse.Missing,
        };

    private bool Supports(in AlarmDatapoint datapoint, AlarmState state) => Plan.IsBreaching(datapoint) == (state == AlarmState.Alarm);
}
