using CloudObserve.Monitoring.Alarms.Evaluation;

namespace CloudObserve.Monitoring.Alarms.Running;

/// <summary>Evaluates alarms over several time series, each of which has a state of its own.</summary>
internal static class SeriesEvaluation
{
    /// <summary>The number of time series that CloudWatch evaluates for an alarm.</summary>
    internal const int MaxSeries = 500;

    /// <summary>Evaluates each time series. One that is no longer there is forgotten, and counts as OK by that.</summary>
    /// <param name="plan">The alarm.</param>
    /// <param name="windows">The periods of each time series by its label.</param>
    /// <param name="known">The states of the last evaluation.</param>
    /// <param name="now">The time of the evaluation.</param>
    /// <param name="isChanged">Whether a state differs from the last evaluation.</param>
    internal static Dictionary<string, AlarmContributor> Evaluate(
        AlarmPlan plan,
        IReadOnlyList<KeyValuePair<string, AlarmDatapoint[]>> windows,
        Dictionary<string, AlarmContributor>? known,
        DateTimeOffset now,
        out bool isChanged)
    {
        Dictionary<string, AlarmContributor> next = new(StringComparer.Ordinal);
        isChanged = false;
        foreach ((string label, AlarmDatapoint[] window) in windows)
        {
            AlarmContributor? before = known?.GetValueOrDefault(label);
            AlarmEvaluation evaluation = AlarmEvaluator.Evaluate(plan, window, before?.StateValue ?? AlarmState.InsufficientData);
            bool isSame = before is not null && before.StateValue == evaluation.State;
            isChanged |= !isSame;
            _ = next.TryAdd(label, isSame ? before! : new AlarmContributor(
                label, evaluation.State, AlarmReason.Write(new EvaluatedWindow(plan, window, evaluation)), now));
        }

        isChanged |= known?.Count != next.Count;
        return next;
    }

    /// <summary>Returns the state of the alarm and its reason.</summary>
    internal static (AlarmState State, string Reason) Sum(IReadOnlyCollection<AlarmContributor> series, AlarmPlan plan)
    {
        int alarm = series.Count(static one => one.StateValue == AlarmState.Alarm);
        int ok = series.Count(static one => one.StateValue == AlarmState.Ok);
        return alarm > 0 ? (AlarmState.Alarm, $"{alarm} out of {series.Count} time series evaluated to ALARM")
            : ok > 0 ? (AlarmState.Ok, $"{ok} out of {series.Count} time series evaluated to OK")
            : (AlarmState.InsufficientData, AlarmReason.Unknown(plan.EvaluationPeriods));
    }
}
