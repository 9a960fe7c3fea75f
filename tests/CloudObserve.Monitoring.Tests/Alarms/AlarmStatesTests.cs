using System.Text.Json.Nodes;
using CloudObserve.Monitoring.Alarms.Evaluation;

namespace CloudObserve.Monitoring.Tests.Alarms;

/// <summary>The states of metric alarms over time.</summary>
public sealed class AlarmStatesTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, JsonObjectCase> Rows => AlarmCases.Read("states");

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_states_of_each_minute_are_those_of_the_rules(string name, JsonObjectCase row)
    {
        AlarmDefinition definition = AlarmCases.Definition(row.Row);
        Assert.Equal(row.Row["range"]!.GetValue<int>(), AlarmPlan.Of(definition).EvaluationRange);

        AlarmDatapoint[] datapoints = [.. row.Row["values"]!.AsArray()
            .Select((value, i) => new AlarmDatapoint(Start.AddMinutes(i), value?.GetValue<double>()))
            .Where(static datapoint => datapoint.Value is not null)];
        string expected = row.Row["states"]!.GetValue<string>();
        AlarmBacktestStep[] steps =
            [.. AlarmBacktest.Evaluate(definition, datapoints, Start.AddMinutes(1), Start.AddMinutes(expected.Length))];

        Assert.Equal((name, expected), (name, string.Concat(steps.Select(static step => Letter(step.State)))));
    }

    // The newest period is at the right. 0 is a good datapoint, X a breaching one, and - none. The results are those of missing, ignore
    // (where R is the state before), breaching and notBreaching.
    [Theory]
    [InlineData(3, "0-X-X", "OOOO")]
    [InlineData(3, "0----", "OOOO")]
    [InlineData(3, "-----", "IRAO")]
    [InlineData(3, "0XX-X", "AAAA")]
    [InlineData(3, "--X--", "ARAO")]
    [InlineData(2, "0-X-X", "AAAA")]
    [InlineData(2, "00X0X", "AAAA")]
    [InlineData(2, "0-X--", "OOAO")]
    [InlineData(2, "----0", "OOAO")]
    [InlineData(2, "---X-", "ARAO")]
    [InlineData(3, "----X", "RRAO")]
    [InlineData(3, "---X-", "RRAO")]
    public void Missing_datapoints_count_as_documented(int datapointsToAlarm, string periods, string results)
    {
        string[] treatments = ["missing", "ignore", "breaching", "notBreaching"];
        for (int i = 0; i < treatments.Length; i++)
        {
            AlarmPlan plan = AlarmPlan.Of(TestAlarms.Of(3, datapointsToAlarm, treatments[i]));
            AlarmDatapoint[] window = [.. periods.Reverse().Select((c, age) =>
                new AlarmDatapoint(Start.AddMinutes(-age), c switch { '0' => 0, 'X' => 100, _ => null }))];
            foreach (AlarmState before in Enum.GetValues<AlarmState>())
            {
                AlarmState expected = results[i] == 'R' ? before : AlarmCases.State(results[i].ToString());
                Assert.Equal(
                    (treatments[i], before, expected), (treatments[i], before, AlarmEvaluator.Evaluate(plan, window, before).State));
            }
        }
    }

    private static char Letter(AlarmState state) => state switch { AlarmState.Ok => 'O', AlarmState.Alarm => 'A', _ => 'I' };
}
