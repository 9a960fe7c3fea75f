using System.Text.Json.Nodes;

namespace CloudObserve.Monitoring.Tests.Alarms;

/// <summary>Rules of composite alarms.</summary>
public sealed class AlarmRuleCasesTests
{
    public static TheoryData<string, JsonObjectCase> Rows => AlarmCases.Read("rules");

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_rule_has_its_result_or_is_refused(string name, JsonObjectCase row)
    {
        Dictionary<string, AlarmState> states = row.Row["states"]!.AsObject()
            .ToDictionary(static child => child.Key, static child => AlarmCases.State(child.Value!.GetValue<string>()));
        CompositeAlarmDefinition definition = new() { AlarmName = "all", AlarmRule = row.Row["rule"]!.GetValue<string>() };

        IReadOnlyList<string> faults = definition.Validate(states.Keys, "us-east-1", "111122223333");

        if (row.Row["result"] is { } result)
        {
            Assert.Equal((name, ""), (name, string.Join('\n', faults)));
            Assert.Equal(
                AlarmCases.State(result.GetValue<string>()), AlarmRule.Parse(definition.AlarmRule).Evaluate(child => states[child]));
        }
        else
        {
            Assert.NotEmpty(faults);
        }
    }
}
