using System.Text.Json;

namespace CloudObserve.Monitoring.Alarms.Evaluation;

/// <summary>Writes the reasons of states as JSON (StateReasonData) as CloudWatch writes them.</summary>
internal static class AlarmReasonData
{
    internal const string Version = "1.0";

    internal static string Write(EvaluatedWindow window, DateTimeOffset queryDate) => JsonText.Write(json => Write(json, window, queryDate));

    private static void Write(Utf8JsonWriter json, EvaluatedWindow window, DateTimeOffset queryDate)
    {
        AlarmPlan plan = window.Plan;
        (AlarmDatapoint Datapoint, bool IsPresent)[] recent = [.. window.Recent];
        json.WriteStartObject();
        json.WriteString("version", Version);
        json.WriteString("queryDate", AlarmTimes.ToDocument(queryDate));
        if (recent.Length > 0)
        {
            json.WriteString("startDate", AlarmTimes.ToDocument(recent[0].Datapoint.Time));
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
        foreach ((AlarmDatapoint datapoint, bool isPresent) in window.Evaluated(window.Evaluation.State))
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
