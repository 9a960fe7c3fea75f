using System.Text.Json.Nodes;
using CloudObserve.Monitoring.Alarms.Evaluation;

namespace CloudObserve.Monitoring.Tests.Alarms;

/// <summary>Evaluations that were recorded on CloudWatch.</summary>
public sealed class RecordedEvaluationsTests
{
    public static TheoryData<string, JsonObjectCase> Rows => AlarmCases.Read("evaluations");

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_recorded_evaluation_has_the_recorded_state_reason_and_data(string name, JsonObjectCase row)
    {
        JsonNode expected = row.Row;
        AlarmPlan plan = AlarmPlan.Of(AlarmCases.Definition(expected));
        DateTimeOffset at = AlarmCases.Time(expected["at"]);
        AlarmDatapoint[] window = Window(plan, plan.NewestEnd(at), expected);
        AlarmState before = AlarmCases.State(expected["before"]?.GetValue<string>() ?? "INSUFFICIENT_DATA");

        EvaluatedWindow evaluated = new(plan, window, AlarmEvaluator.Evaluate(plan, window, before));

        Assert.Equal(
            (name, expected["state"]!.GetValue<string>()),
            (name, CloudObserve.Monitoring.Alarms.AlarmStates.ToName(evaluated.Evaluation.State)));
        Assert.Equal(expected["reason"]!.GetValue<string>(), AlarmReason.Write(evaluated));
        JsonNode data = JsonNode.Parse(AlarmReasonData.Write(evaluated, at))!;
        Assert.Equal(Numbers(expected["recent"]), Numbers(data["recentDatapoints"]));
        Assert.Equal(
            expected["evaluated"]!.AsArray().Select(e => (AlarmCases.Time(e!["time"]), e["value"]?.GetValue<double>())),
            data["evaluatedDatapoints"]!.AsArray().Select(e => (AlarmCases.Time(e!["timestamp"]), e["value"]?.GetValue<double>())));
    }

    private static AlarmDatapoint[] Window(AlarmPlan plan, DateTimeOffset newestEnd, JsonNode row) =>
        [.. Enumerable.Range(1, plan.EvaluationRange).Select(i => newestEnd - (plan.Period * i)).Select(start =>
        {
            JsonNode? found = row["datapoints"]!.AsArray().FirstOrDefault(d => AlarmCases.Time(d!["time"]) == start);
            return new AlarmDatapoint(start, (row["constant"] ?? found?["value"])?.GetValue<double>())
            {
                SampleCount = found?["samples"]?.GetValue<double>(),
            };
        })];

    private static double?[] Numbers(JsonNode? array) => [.. array!.AsArray().Select(static value => value?.GetValue<double>())];
}
