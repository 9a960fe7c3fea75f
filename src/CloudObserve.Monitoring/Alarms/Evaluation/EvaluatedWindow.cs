namespace CloudObserve.Monitoring.Alarms.Evaluation;

/// <summary>Sorts the periods of an evaluation by their use, for its reason and its explanation.</summary>
/// <remarks>It is created when a state changes or somebody asks, not for each evaluation.</remarks>
internal sealed class EvaluatedWindow
{
    private readonly AlarmDatapoint[] _window;
    private readonly AlarmDatapointUse[] _uses;

    // The indexes of the used datapoints and of the filled periods, the newest first.
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
        _uses = new AlarmDatapointUse[_window.Length];
        for (int i = 0; i < _window.Length; i++)
        {
            _uses[i] = Use(i);
        }
    }

    internal AlarmPlan Plan { get; }

    internal AlarmEvaluation Evaluation { get; }

    /// <summary>Gets the periods with their uses, the newest first.</summary>
    internal IEnumerable<AlarmExplanationPeriod> Periods =>
        _window.Zip(_uses, static (datapoint, use) => new AlarmExplanationPeriod(datapoint, use));

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
        [.. _used.Where(i => Supports(i, state)).Select(i => _window[i])];

    /// <summary>Gets the periods that CloudWatch reports as evaluated, the newest first.</summary>
    /// <remarks>
    /// These are the datapoints that support the state, and then the newest missing periods until there are enough for a change to it:
    /// M for ALARM and INSUFFICIENT_DATA, and N - M + 1 for OK.
    /// </remarks>
    internal IEnumerable<(AlarmDatapoint Datapoint, bool IsPresent)> Evaluated(AlarmState state)
    {
        List<int> chosen = [.. _used.Where(i => Supports(i, state))];
        chosen.AddRange(_filled.Take(Minimum(state) - chosen.Count));
        return chosen.Order().Select(i => (_window[i], Plan.IsPresent(_window[i])));
    }

    /// <summary>Returns the number of datapoints that a change to a state needs.</summary>
    internal int Minimum(AlarmState state) =>
        state == AlarmState.Ok ? Plan.EvaluationPeriods - Plan.DatapointsToAlarm + 1 : Plan.DatapointsToAlarm;

    private AlarmDatapointUse Use(int i)
    {
        if (Plan.IsPresent(_window[i]))
        {
            if (_used.Count == Plan.EvaluationPeriods)
            {
                return AlarmDatapointUse.NotUsed;
            }

            _used.Add(i);
            return Plan.IsBreaching(_window[i]) ? AlarmDatapointUse.Breaching : AlarmDatapointUse.NotBreaching;
        }

        if (_filled.Count == Evaluation.Filled)
        {
            return AlarmDatapointUse.Missing;
        }

        _filled.Add(i);
        return Plan.Treatment switch
        {
            MissingDataTreatment.Breaching => AlarmDatapointUse.FilledAsBreaching,
            MissingDataTreatment.NotBreaching => AlarmDatapointUse.FilledAsNotBreaching,
            _ => AlarmDatapointUse.Missing,
        };
    }

    private bool Supports(int i, AlarmState state) => Plan.IsBreaching(_window[i]) == (state == AlarmState.Alarm);
}
