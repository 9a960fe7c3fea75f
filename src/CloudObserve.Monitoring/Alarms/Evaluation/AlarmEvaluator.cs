namespace CloudObserve.Monitoring.Alarms.Evaluation;

/// <summary>Evaluates an alarm by CloudWatch's rules. It knows the definition and the datapoints only, and allocates nothing.</summary>
internal static class AlarmEvaluator
{
    /// <summary>Evaluates an alarm.</summary>
    /// <param name="plan">The alarm.</param>
    /// <param name="window">The periods of the evaluation range, the newest first. Periods beyond its end count as missing.</param>
    /// <param name="current">The present state.</param>
    internal static AlarmEvaluation Evaluate(AlarmPlan plan, ReadOnlySpan<AlarmDatapoint> window, AlarmState current)
    {
        int present = 0;
        int breaching = 0;
        int oldest = 0;
        double samples = 0;
        window = window[..Math.Min(window.Length, plan.EvaluationRange)];
        for (int i = 0; i < window.Length && present < plan.EvaluationPeriods; i++)
        {
            ref readonly AlarmDatapoint datapoint = ref window[i];
            if (!plan.IsPresent(datapoint))
            {
                continue;
            }

            present++;

            // A datapoint whose samples were not counted never keeps the alarm from deciding.
            samples += datapoint.SampleCount ?? double.PositiveInfinity;
            if (plan.IsBreaching(datapoint))
            {
                breaching++;
                oldest = i + 1;
            }
        }

        return present > 0 && samples < plan.MinSamples
            ? new AlarmEvaluation(current, present, breaching, plan.EvaluationPeriods - present, oldest, HasTooFewSamples: true)
            : Evaluate(plan, present, breaching, oldest, current);
    }

    /// <summary>Evaluates an alarm by what was counted in its window. The number of samples is not taken into account.</summary>
    /// <param name="plan">The alarm.</param>
    /// <param name="present">The number of datapoints that are used, at most N.</param>
    /// <param name="breaching">The number of those that breach.</param>
    /// <param name="oldest">The age of the oldest of these, counted from 1; 0 if there is none.</param>
    /// <param name="current">The present state.</param>
    internal static AlarmEvaluation Evaluate(AlarmPlan plan, int present, int breaching, int oldest, AlarmState current) => new(
        Decide(plan, present, breaching, oldest, current), present, breaching, plan.EvaluationPeriods - present, oldest,
        HasTooFewSamples: false);

    // If at least N datapoints are present, the newest N decide, and the treatment of missing data has no effect.
    private static AlarmState Decide(AlarmPlan plan, int present, int breaching, int oldest, AlarmState current)
    {
        int filled = plan.EvaluationPeriods - present;
        if (breaching >= plan.DatapointsToAlarm)
        {
            return AlarmState.Alarm;
        }

        return filled == 0 ? AlarmState.Ok : plan.Treatment switch
        {
            MissingDataTreatment.Breaching => breaching + filled >= plan.DatapointsToAlarm ? AlarmState.Alarm : AlarmState.Ok,
            MissingDataTreatment.NotBreaching => AlarmState.Ok,
            MissingDataTreatment.Ignore => present > breaching ? AlarmState.Ok : current,
            _ when present == 0 => AlarmState.InsufficientData,
            _ when present > breaching => AlarmState.Ok,

            // Only breaching datapoints, but fewer than M. The alarm is raised when the oldest of them is M periods old, because no
            // datapoint since then contradicts it.
            _ => oldest >= plan.DatapointsToAlarm ? AlarmState.Alarm : current,
        };
    }
}
