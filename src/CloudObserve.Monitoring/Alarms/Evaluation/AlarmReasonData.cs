using System.Text.Json;

namespace CloudObserve.Monitoring.Alarms.Evaluation;

/// <summary>Writes the reasons of states as JSON (StateReasonData) as CloudWatch writes them.</summary>
internal static class AlarmReasonData
{
    internal const string Version = "1.0";

    // CloudWatch's limit of the text.
    private const int MaxLength = 4000;

    /// <summary>Writes a reason of at most 4,000 characters. If there are too many datapoints, the newest are written.</summary>
    internal static string Write(EvaluatedWindow window, DateTimeOffset queryDate)
    {
        int datapoints = window.Plan.EvaluationRange;
        string text = Write(window, queryDate, datapoints);
        while (text.Length > MaxLength)
        {
            // The text grows with the number of datapoints, so this share of them is near the limit, and the loop is short.
            datapoints = Math.Min(datapoints - 1, datapoints * MaxLength / text.Length);
            text = Write(window, queryDate, datapoints);
        }

        return text;
    }

    private static string Write(EvaluatedWindow window, DateTimeOffset queryDate, int datapoints) =>
        JsonText.Write(json => Write(json, window, queryDate, datapoints));

    private static void Write(Utf8JsonWriter json, EvaluatedWindow window, DateTimeOffset queryDate, int datapoints)
    {
        AlarmPlan plan = window.Plan;
        (AlarmDatapoint Datapoint, bool IsPresent)[] all = [.. window.Recent];
        (AlarmDatapoint Datapoint, bool IsPresent)[] recent = all[^Math.Min(all.Length, datapoints)..];
        json.WriteStartObject();
        json.WriteString("version", Version);
        json.WriteString("queryDate", AlarmTimes.ToDocument(queryDate));
        if (all.Length > 0)
        {
            json.WriteString("startDate", AlarmTimes.ToDocument(all[0].Datapoint.Time));
        }

        if (!plan.IsMath)
        {
            JsonText.WriteText(json, "unit", plan.Definition.Unit);
            JsonText.WriteText(json, "statistic", plan.Definition.Statistic ?? plan.Definition.ExtendedStatistic);
        }

        json.WriteNumber("period", (long)plan.Period.TotalSeconds);
        WriteValues(json, "recentDatapoints", recent.Select(static r => r.IsPresent ? r.Datapoint.Value : null));
        WriteThresholds(json, plan, recent);
        json.WriteStartArray("evaluatedDatapoints");
        foreach ((AlarmDatapoint datapoint, bool isPresent) in window.Evaluated(window.Evaluation.State).Take(datapoints))
        {
            WriteEvaluated(json, plan, datapoint, isPresent);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteThresholds(Utf8JsonWriter json, AlarmPlan plan, (AlarmDatapoint Datapoint, bool IsPresent)[] recent)
    {
        if (!plan.IsBand)
        {
            WriteValue(json, "threshold", plan.Threshold);
            return;
        }

        if (plan.Comparison != ThresholdComparison.GreaterThanUpperThreshold)
        {
            WriteValues(json, "recentLowerThresholds", recent.Select(static r => r.IsPresent ? r.Datapoint.LowerThreshold : null));
        }

        if (plan.Comparison != ThresholdComparison.LessThanLowerThreshold)
        {
            WriteValues(json, "recentUpperThresholds", recent.Select(static r => r.IsPresent ? r.Datapoint.UpperThreshold : null));
        }
    }

    // A period that was filled has its time only.
    private static void WriteEvaluated(Utf8JsonWriter json, AlarmPlan plan, AlarmDatapoint datapoint, bool isPresent)
    {
        json.WriteStartObject();
        json.WriteString("timestamp", AlarmTimes.ToDocument(datapoint.Time));
        if (isPresent)
        {
            if (datapoint.SampleCount is { } samples && !plan.IsMath)
            {
                WriteValue(json, "sampleCount", samples);
            }

            WriteValue(json, "value", datapoint.Value!.Value);
            double? threshold = plan.Comparison switch
            {
                ThresholdComparison.GreaterThanUpperThreshold => datapoint.UpperThreshold,
                ThresholdComparison.LessThanLowerThreshold => datapoint.LowerThreshold,
                _ => null,
            };
            if (threshold is { } edge)
            {
                WriteValue(json, "threshold", edge);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter json, string name, IEnumerable<double?> values)
    {
        json.WriteStartArray(name);
        foreach (double? value in values)
        {
            if (value is { } number)
            {
                json.WriteRawValue(JavaNumbers.Format(number));
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(JavaNumbers.Format(value));
    }
}
