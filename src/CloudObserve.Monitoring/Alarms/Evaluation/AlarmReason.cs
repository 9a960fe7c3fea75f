using System.Globalization;

namespace CloudObserve.Monitoring.Alarms.Evaluation;

/// <summary>Writes the reasons of states (StateReason) as CloudWatch writes them.</summary>
internal static class AlarmReason
{
    /// <summary>The reason of the first state of a metric alarm.</summary>
    internal const string Initial = "Unchecked: Initial alarm creation";

    /// <summary>The reason of an alarm that is not evaluated here.</summary>
    internal const string Provisioned = "Unchecked: CloudWatch evaluates this alarm instead of this process";

    // From this number on, CloudWatch names the newest datapoints only, this many, in a sentence of their own.
    private const int MaxListed = 5;

    internal static string Write(EvaluatedWindow window)
    {
        AlarmState state = window.Evaluation.State;
        int periods = window.Plan.EvaluationPeriods;
        if (state == AlarmState.InsufficientData)
        {
            return Unknown(periods);
        }

        List<AlarmDatapoint> supporting = window.Supporting(state);
        string prefix = window.Plan.IsBand ? "Thresholds Crossed: " : "Threshold Crossed: ";
        return prefix + (supporting.Count == 0 ? Received(window) : Crossed(window, state, supporting)) + ".";
    }

    /// <summary>Returns the reason of a state that has no datapoints.</summary>
    internal static string Unknown(int periods) => $"Insufficient Data: {Count(periods, "datapoint")} {Was(periods)} unknown.";

    // No datapoint supports the state, so it follows from those that were filled.
    private static string Received(EvaluatedWindow window)
    {
        int present = window.Evaluation.Present;
        string datapoints = present == 0 ? "no datapoints" : Count(present, "datapoint");
        string were = present == 1 ? "was" : "were";
        return $"{datapoints} {were} received for {Count(window.Plan.EvaluationPeriods, "period")}{Filled(window)}";
    }

    private static string Crossed(EvaluatedWindow window, AlarmState state, List<AlarmDatapoint> supporting)
    {
        AlarmPlan plan = window.Plan;
        string datapoints = plan.NamesDatapointsToAlarm
            ? $"{supporting.Count} out of the last {plan.EvaluationPeriods} datapoints"
            : Count(supporting.Count, "datapoint");
        string minimum = plan.NamesDatapointsToAlarm ? Minimum(window, state) : "";
        List<AlarmDatapoint> listed = supporting[..Math.Min(supporting.Count, MaxListed)];
        string values = $"[{string.Join(", ", listed.Select(Value))}]";
        string comparison = $"{Was(supporting.Count)} {Comparison(plan, state, listed)}{Filled(window)}";
        string thresholds = plan.IsBand ? "thresholds" : "threshold";
        return supporting.Count < MaxListed
            ? $"{datapoints} {values} {comparison}{minimum}"
            : $"{datapoints} {comparison}. The most recent datapoints which crossed the {thresholds}: {values}{minimum}";
    }

    private static string Value(AlarmDatapoint datapoint) =>
        $"{JavaNumbers.Format(datapoint.Value!.Value)} ({AlarmTimes.ToReason(datapoint.Time)})";

    // Only a treatment that puts a value in the place of a missing datapoint is mentioned.
    private static string Filled(EvaluatedWindow window)
    {
        int filled = window.Evaluation.Filled;
        string? treatment = window.Plan.Treatment switch
        {
            MissingDataTreatment.Breaching => "Breaching",
            MissingDataTreatment.NotBreaching => "NonBreaching",
            _ => null,
        };
        return filled == 0 || treatment is null ? "" : $" and {Count(filled, "missing datapoint")} {Was(filled)} treated as [{treatment}]";
    }

    private static string Minimum(EvaluatedWindow window, AlarmState state)
    {
        string change = state == AlarmState.Alarm ? "OK -> ALARM" : "ALARM -> OK";
        return $" (minimum {Count(window.Minimum(state), "datapoint")} for {change} transition)";
    }

    private static string Comparison(AlarmPlan plan, AlarmState state, List<AlarmDatapoint> datapoints)
    {
        string not = state == AlarmState.Alarm ? "" : "not ";
        string lower = $"{not}less than the lower thresholds {Edges(datapoints, static datapoint => datapoint.LowerThreshold)}";
        string upper = $"{not}greater than the upper thresholds {Edges(datapoints, static datapoint => datapoint.UpperThreshold)}";
        return plan.Comparison switch
        {
            ThresholdComparison.GreaterThanUpperThreshold => upper,
            ThresholdComparison.LessThanLowerThreshold => lower,
            ThresholdComparison.LessThanLowerOrGreaterThanUpperThreshold => $"{lower} or {upper}",
            _ => $"{not}{Words(plan.Comparison)} the threshold ({JavaNumbers.Format(plan.Threshold)})",
        };
    }

    private static string Edges(List<AlarmDatapoint> datapoints, Func<AlarmDatapoint, double?> edge) =>
        $"[{string.Join(", ", datapoints.Select(edge).OfType<double>().Select(JavaNumbers.Format))}]";

    private static string Words(ThresholdComparison comparison) => comparison switch
    {
        ThresholdComparison.GreaterThanThreshold => "greater than",
        ThresholdComparison.GreaterThanOrEqualToThreshold => "greater than or equal to",
        ThresholdComparison.LessThanThreshold => "less than",
        _ => "less than or equal to",
    };

    private static string Count(int number, string noun) =>
        $"{number.ToString(CultureInfo.InvariantCulture)} {noun}{(number == 1 ? "" : "s")}";

    private static string Was(int number) => number == 1 ? "was" : "were";
}
