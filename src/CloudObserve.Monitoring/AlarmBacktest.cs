using CloudObserve.Monitoring.Alarms.Evaluation;

namespace CloudObserve.Monitoring;

/// <summary>Evaluates an alarm over past datapoints.</summary>
/// <threadsafety>All members can be used by several threads at the same time.</threadsafety>
public static class AlarmBacktest
{
    /// <summary>Returns the changes of an alarm's state over past datapoints.</summary>
    /// <inheritdoc cref="Evaluate(AlarmDefinition, IReadOnlyCollection{AlarmDatapoint}, DateTimeOffset, DateTimeOffset)"/>
    /// <returns>The changes, the oldest first.</returns>
    public static IReadOnlyList<AlarmTransition> Run(
        AlarmDefinition definition, IReadOnlyCollection<AlarmDatapoint> datapoints, DateTimeOffset from, DateTimeOffset to) =>
        [.. Evaluate(definition, datapoints, from, to).Select(static step => step.Transition).OfType<AlarmTransition>()];

    /// <summary>Evaluates an alarm at the end of each period.</summary>
    /// <remarks>
    /// The alarm begins in <see cref="AlarmState.InsufficientData"/>. Periods end at <paramref name="from"/> and at multiples of the period
    /// before and after it. A datapoint belongs to the period that its time is in. Between two ends, an evaluation sees nothing new. For an
    /// alarm on a band, datapoints without a band get the one that an <see cref="AnomalyDetector"/> expected, which learned from those
    /// before.
    /// </remarks>
    /// <param name="definition">The alarm.</param>
    /// <param name="datapoints">The values that the alarm watches, one for a period, in any order.</param>
    /// <param name="from">The time of the first evaluation.</param>
    /// <param name="to">The time that no evaluation is after.</param>
    /// <returns>The evaluations, the oldest first. They are computed while the result is enumerated.</returns>
    /// <exception cref="ArgumentException">The definition is invalid, a period has two datapoints, a number of a datapoint is not finite,
    /// or the band is not one of the series that the alarm watches.</exception>
    public static IEnumerable<AlarmBacktestStep> Evaluate(
        AlarmDefinition definition, IReadOnlyCollection<AlarmDatapoint> datapoints, DateTimeOffset from, DateTimeOffset to)
    {
        ArgumentNullException.ThrowIfNull(datapoints);
        AlarmPlan plan = AlarmPlan.Of(definition);
        BacktestSeries series = BacktestSeries.Of(plan, datapoints, from);
        return Steps(() => new BacktestWindows.OfSeries(plan, series), from, to);
    }

    /// <summary>Evaluates an alarm on metric math at the end of each period.</summary>
    /// <remarks>
    /// The expressions are evaluated again each time, on the periods that the evaluation reads. So a function such as <c>FILL</c> or
    /// <c>RUNNING_SUM</c> sees no others.
    /// </remarks>
    /// <param name="definition">The alarm.</param>
    /// <param name="metrics">The values of the metrics by the ids of their queries: for each a value for a period, in any order. Values
    /// of other series are not used.</param>
    /// <param name="from">The time of the first evaluation.</param>
    /// <param name="to">The time that no evaluation is after.</param>
    /// <returns>The evaluations, the oldest first. They are computed while the result is enumerated.</returns>
    /// <exception cref="ArgumentException">The definition is invalid, it watches no expression, its metrics have different periods, it is
    /// on a band, a metric that its expression uses has no values here, it has no metric with values, it needs stored metrics, a period has
    /// two datapoints, or a number of a datapoint is not finite.</exception>
    public static IEnumerable<AlarmBacktestStep> Evaluate(
        AlarmDefinition definition,
        IReadOnlyDictionary<string, IReadOnlyCollection<AlarmDatapoint>> metrics,
        DateTimeOffset from,
        DateTimeOffset to)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        AlarmPlan plan = AlarmPlan.Of(definition);
        AlarmMath math = new(plan, nameof(definition));
        string[] missing = [.. math.Metrics.Where(id => !metrics.ContainsKey(id))];
        if (missing.Length > 0)
        {
            throw new ArgumentException($"There are no values of {string.Join(", ", missing)}.", nameof(metrics));
        }

        Dictionary<string, BacktestSeries> series = definition.Metrics
            .Where(query => query.MetricStat is not null && metrics.ContainsKey(query.Id))
            .ToDictionary(static query => query.Id, query => BacktestSeries.Of(plan, metrics[query.Id], from), StringComparer.Ordinal);
        return series.Count > 0
            ? Steps(() => new BacktestWindows.OfMath(plan, math, series), from, to)
            : throw new ArgumentException("There are no values of a metric of the alarm.", nameof(metrics));
    }

    /// <summary>Evaluates an alarm as often as CloudWatch does, on periods that are read one by one.</summary>
    /// <remarks>
    /// The alarm begins in <see cref="AlarmState.InsufficientData"/>. Periods slide: an alarm with a period of 5 minutes is evaluated every
    /// minute. An alarm on a band is evaluated once in each period, because its detector learns from each period once.
    /// </remarks>
    /// <param name="definition">The alarm.</param>
    /// <param name="read">The function that returns the datapoint of a metric in the period that starts at a time. It gets the id of the
    /// metric's query, or an empty text for an alarm without queries, and is called several times for one period.</param>
    /// <param name="from">The time of the first evaluation. It sees the periods that ended by then.</param>
    /// <param name="to">The time that no evaluation is after.</param>
    /// <returns>The evaluations, the oldest first. They are computed while the result is enumerated.</returns>
    /// <exception cref="ArgumentException">The definition is invalid, its metrics have different periods, it is on a band of an expression,
    /// it uses no metric, or it needs stored metrics.</exception>
    public static IEnumerable<AlarmBacktestStep> Evaluate(
        AlarmDefinition definition, Func<string, DateTimeOffset, AlarmDatapoint> read, DateTimeOffset from, DateTimeOffset to)
    {
        ArgumentNullException.ThrowIfNull(read);
        AlarmPlan plan = AlarmPlan.Of(definition);

        // An alarm that cannot be evaluated is refused before the enumeration.
        _ = new BacktestWindows.OfReader(plan, read);
        return Steps(() => new BacktestWindows.OfReader(plan, read), from, to);
    }

    /// <summary>Explains an evaluation.</summary>
    /// <param name="definition">The alarm.</param>
    /// <param name="read">The function that returns the datapoint of a metric in the period that starts at a time.</param>
    /// <param name="from">The time of the first evaluation.</param>
    /// <param name="to">The time whose evaluation is explained; if there is none at this time, the last one before it.</param>
    /// <returns>The explanation.</returns>
    /// <exception cref="ArgumentException">The alarm cannot be evaluated.</exception>
    public static AlarmExplanation Explain(
        AlarmDefinition definition, Func<string, DateTimeOffset, AlarmDatapoint> read, DateTimeOffset from, DateTimeOffset to)
    {
        ArgumentNullException.ThrowIfNull(read);
        AlarmPlan plan = AlarmPlan.Of(definition);
        BacktestWindows.OfReader windows = new(plan, read);
        AlarmState state = AlarmState.InsufficientData;
        ReadOnlyMemory<AlarmDatapoint> window = windows.MoveTo(from);
        for (DateTimeOffset time = from; time <= to - windows.Cadence;)
        {
            state = windows.Evaluate(window.Span, state).State;
            time += windows.Cadence;
            window = windows.MoveTo(time);
        }

        return AlarmExplainer.Explain(plan, window.Span, state);
    }

    private static IEnumerable<AlarmBacktestStep> Steps(Func<BacktestWindows> start, DateTimeOffset from, DateTimeOffset to)
    {
        BacktestWindows windows = start();
        AlarmState state = AlarmState.InsufficientData;
        for (DateTimeOffset time = from; time <= to; time += windows.Cadence)
        {
            ReadOnlyMemory<AlarmDatapoint> window = windows.MoveTo(time);
            AlarmEvaluation evaluation = windows.Evaluate(window.Span, state);
            AlarmTransition? transition =
                evaluation.State == state ? null : Transition(windows.Plan, window.Span, evaluation, time, state);
            state = evaluation.State;
            yield return new AlarmBacktestStep(time, state, transition);
            if (time > DateTimeOffset.MaxValue - windows.Cadence)
            {
                yield break;
            }
        }
    }

    private static AlarmTransition Transition(
        AlarmPlan plan, ReadOnlySpan<AlarmDatapoint> window, AlarmEvaluation evaluation, DateTimeOffset time, AlarmState from)
    {
        EvaluatedWindow evaluated = new(plan, window, evaluation);
        return new AlarmTransition(time, from, evaluation.State, AlarmReason.Write(evaluated), AlarmReasonData.Write(evaluated, time));
    }
}
