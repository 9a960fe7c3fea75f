using System.Globalization;
using System.Text;

namespace CloudObserve.Monitoring.Alarms.Evaluation;

/// <summary>Writes the reasons of states (StateReason) as CloudWatch writes them.</summary>
internal static class AlarmReason
{
    /// <summary>The reason of the first state of a metric alarm.</summary>
    internal const string Initial = "Unchecked: Initial alarm creation";

    private const string Upper = "upper";
    private const string Lower = "lower";

    internal static string Write(EvaluatedWindow window)
    {
        AlarmState state = window.Evaluation.State;
        int periods = window.Plan.EvaluationPeriods;
        if (state == AlarmState.InsufficientData)
        {
            return $"Insufficient Data: {Count(periods, "datapoint")} {Was(periods)} unknown.";
        }

        List<AlarmDatapoint> supporting = window.Supporting(state);
        StringBuilder text = new(window.Plan.IsBand ? "Thresholds Crossed: " : "Threshold Crossed: ");
        if (supporting.Count == 0)
        {
            int present = window.Evaluation.Present;
            _ = text.Append(CultureInfo.InvariantCulture, $"{(present == 0 ? "no datapoints" : Count(present, "datapoint"))} ")
                .Append(CultureInfo.InvariantCulture, $"{(present == 1 ? "was" : "were")} received for {Count(periods, "period")}")
                .Append(Filled(window))
                .Append('.');
            return text.ToString();
        }

        bool namesM = window.Plan.NamesDatapointsToAlarm;
        string datapoints = namesM ? $"{supporting.Count} out of the last {periods} datapoints" : Count(supporting.Count, "datapoint");
        string values = string.Join(", ", supporting.Select(static d => $"{JavaNumbers.Format(d.Value!.Value)} ({AlarmTimes.ToReason(d.Time)})"));
        return text.Append(CultureInfo.InvariantCulture, $"{datapoints} [{values}] {Was(supporting.Count)} {Comparison(window.Plan, state, supporting)}")
            .Append(Filled(window))
            .Append(namesM ? Minimum(window, state) : "")
            .Append('.')
            .ToString();
    }

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
        return plan.Comparison switch
        {
            ThresholdComparison.GreaterThanUpperThreshold => $"{not}greater than the {Band(Upper, datapoints)}",
            ThresholdComparison.LessThanLowerThreshold => $"{not}less than the {Band(Lower, datapoints)}",
            ThresholdComparison.LessThanLowerOrGreaterThanUpperThreshold =>
                $"{not}less than the {Band(Lower, datapoints)} or {not}greater than the {Band(Upper, datapoints)}",
            _ => $"{not}{Words(plan.Comparison)} the threshold ({JavaNumbers.Format(plan.Threshold)})",
        };
    }

    private static string Band(string edge, List<AlarmDatapoint> datapoints)
    {
        IEnumerable<double> values = datapoints.Select(d => (edge == Upper ? d.UpperThreshold : d.LowerThreshold)!.Value);
        return $"{edge} thresholds [{string.Join(", ", values.Select(JavaNumbers.Format))}]";
    }

    private static string Words(ThresholdComparison comparison) => comparison switch
    {
        ThresholdComparison.GreaterThanThreshold => "greater than",
        ThresholdComparison.GreaterThanOrEqualToThreshold => "greater than or equal to",
        ThresholdComparison.LessThanThreshold => "less than",
        _ => "less than or equal to",
    };

    private static string Count(int number, string noun) => $"{number.ToString(CultureInfo.InvariantCulture)} {noun}{(number == 1 ? "" : "s")}";

    private static string Was(int number) => number == 1 ? "was" : "were";
}
