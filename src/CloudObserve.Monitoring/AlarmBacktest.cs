using CloudObserve.Monitoring.Alarms.Evaluation;

namespace CloudObserve.Monitoring;

/// <summary>Evaluates an alarm over past datapoints.</summary>
/// <threadsafety>All members can be used by several threads at the same time.</threadsafety>
public static class AlarmBacktest
{
    /// <summary>Returns the changes of an alarm's state over past datapoints.</summary>
    /// <inheritdoc cref="Evaluate"/>
    /// <returns>The changes, the oldest first.</returns>
    public static IReadOnlyList<AlarmTransition> Run(
        AlarmDefinition definition, IReadOnlyCollection<AlarmDatapoint> datapoints, DateTimeOffset from, DateTimeOffset to) =>
        [.. Evaluate(definition, datapoints, from, to).Select(static step => step.Transition).OfType<AlarmTransition>()];

    /// <summary>Evaluates an alarm at the end of each period.</summary>
    /// <remarks>
    /// The alarm begins in <see cref="AlarmState.InsufficientData"/>. Periods end at <paramref name="from"/> and at multiples of the period
    /// before and after it. A datapoint belongs to the period that its time is in. Between two ends, an evaluation sees nothing new.
    /// </remarks>
    /// <param name="definition">The alarm.</param>
    /// <param name="datapoints">The values that the alarm watches, one for a period, in any order.</param>
    /// <param name="from">The time of the first evaluation.</param>
    /// <param name="to">The time that no evaluation is after.</param>
    /// <returns>The evaluations, the oldest first. They are computed while the result is enumerated.</returns>
    /// <exception cref="ArgumentException">The definition is invalid, or a period has two datapoints.</exception>
    public static IEnumerable<AlarmBacktestStep> Evaluate(
        AlarmDefinition definition, IReadOnlyCollection<AlarmDatapoint> datapoints, DateTimeOffset from, DateTimeOffset to)
    {
        ArgumentNullException.ThrowIfNull(datapoints);
        AlarmPlan plan = AlarmPlan.Of(definition);
        return Steps(plan, BacktestSeries.Of(plan, datapoints, from), from, to);
    }

    private static IEnumerable<AlarmBacktestStep> Steps(AlarmPlan plan, BacktestSeries series, DateTimeOffset from, DateTimeOffset to)
    {
        AlarmState state = AlarmState.InsufficientData;
        for (DateTimeOffset time = from; time <= to; time += plan.Period)
        {
            series.MoveTo(time);
            AlarmEvaluation evaluation = AlarmEvaluator.Evaluate(plan, series.Window, state);
            AlarmTransition? transition = evaluation.State == state ? null : Transition(plan, series.Window, evaluation, time, state);
            state = evaluation.State;
            yield return new AlarmBacktestStep(time, state, transition);
            if (time > DateTimeOffset.MaxValue - plan.Period)
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
