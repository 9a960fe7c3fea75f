using System.Globalization;

namespace CloudObserve.Monitoring.Alarms.Evaluation;

/// <summary>Explains evaluations: the use of each period, and the changes that would lead to another state.</summary>
internal static class AlarmExplainer
{
    internal static AlarmExplanation Explain(AlarmPlan plan, ReadOnlySpan<AlarmDatapoint> window, AlarmState current)
    {
        AlarmEvaluation evaluation = AlarmEvaluator.Evaluate(plan, window, current);
        EvaluatedWindow evaluated = new(plan, window, evaluation);
        return new AlarmExplanation(evaluation.State, Summary(plan, evaluation), [.. Needed(plan, evaluation)], [.. evaluated.Periods]);
    }

    private static string Summary(AlarmPlan plan, AlarmEvaluation evaluation)
    {
        string used = string.Create(
            CultureInfo.InvariantCulture,
            $"{evaluation.Present} of {plan.EvaluationPeriods} datapoints are present in the {plan.EvaluationRange} periods of the ")
            + string.Create(CultureInfo.InvariantCulture, $"evaluation range, and {evaluation.Breaching} of them breach");
        string rule = evaluation switch
        {
            { HasTooFewSamples: true } => "the state is kept, because they have too few samples",
            _ when evaluation.Breaching >= plan.DatapointsToAlarm =>
                $"at least {plan.DatapointsToAlarm} breaching datapoints raise the alarm",
            { Filled: 0 } => $"fewer than {plan.DatapointsToAlarm} breaching datapoints mean OK",
            _ => MissingRule(plan, evaluation),
        };
        return $"{used}; {rule}.";
    }

    private static string MissingRule(AlarmPlan plan, AlarmEvaluation evaluation) => plan.Treatment switch
    {
        MissingDataTreatment.Breaching => $"{evaluation.Filled} missing datapoints count as breaching",
        MissingDataTreatment.NotBreaching => $"{evaluation.Filled} missing datapoints count as not breaching",
        _ when evaluation.Present > evaluation.Breaching => "a datapoint that does not breach is enough for OK while others are missing",
        MissingDataTreatment.Ignore => "the state is kept, because missing datapoints are ignored",
        _ when evaluation.Present == 0 => "without any datapoint, the data is insufficient",
        _ when evaluation.State == AlarmState.Alarm && evaluation.OldestBreachingAge >= plan.DatapointsToAlarm =>
            $"the oldest breaching datapoint is {evaluation.OldestBreachingAge} periods old, and no datapoint since then contradicts it",
        _ => $"the state is kept until the oldest breaching datapoint is {plan.DatapointsToAlarm} periods old",
    };

    private static IEnumerable<string> Needed(AlarmPlan plan, AlarmEvaluation evaluation)
    {
        int filledAsBreaching = plan.Treatment == MissingDataTreatment.Breaching ? evaluation.Filled : 0;
        int breaching = evaluation.Breaching + filledAsBreaching;
        if (evaluation.HasTooFewSamples)
        {
            yield return $"The datapoints must have at least {JavaNumbers.Format(plan.MinSamples)} samples before the state can change.";
        }

        if (evaluation.State != AlarmState.Alarm)
        {
            int more = Math.Max(1, plan.DatapointsToAlarm - breaching);
            yield return $"{More(more)} must be {Condition(plan)} for ALARM.";
        }

        if (evaluation.State != AlarmState.Ok)
        {
            int most = plan.DatapointsToAlarm - 1;
            yield return evaluation.Present == 0 && breaching == 0
                ? $"One datapoint that is not {Condition(plan)} leads to OK."
                : $"At most {most} of the last {plan.EvaluationPeriods} datapoints may be {Condition(plan)} for OK; now {breaching} are.";
        }
    }

    private static string More(int number) => number == 1 ? "1 more datapoint" : $"{number} more datapoints";

    private static string Condition(AlarmPlan plan) => plan.Comparison switch
    {
        ThresholdComparison.GreaterThanThreshold => $"greater than {JavaNumbers.Format(plan.Threshold)}",
        ThresholdComparison.GreaterThanOrEqualToThreshold => $"greater than or equal to {JavaNumbers.Format(plan.Threshold)}",
        ThresholdComparison.LessThanThreshold => $"less than {JavaNumbers.Format(plan.Threshold)}",
        ThresholdComparison.LessThanOrEqualToThreshold => $"less than or equal to {JavaNumbers.Format(plan.Threshold)}",
        ThresholdComparison.GreaterThanUpperThreshold => "above the band",
        ThresholdComparison.LessThanLowerThreshold => "below the band",
        _ => "outside of the band",
    };
}
