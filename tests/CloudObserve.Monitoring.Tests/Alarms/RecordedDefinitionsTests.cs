using System.Text.Json.Nodes;

namespace CloudObserve.Monitoring.Tests.Alarms;

/// <summary>Inputs of PutMetricAlarm and PutCompositeAlarm that CloudWatch accepted or refused.</summary>
public sealed class RecordedDefinitionsTests
{
    public static TheoryData<string, JsonObjectCase> Rows => AlarmCases.Read("definitions");

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_recorded_input_is_accepted_or_refused_with_the_recorded_text(string name, JsonObjectCase row)
    {
        string input = row.Row["input"]!.ToJsonString();
        string? region = row.Row["region"]?.GetValue<string>();
        IReadOnlyList<string> faults = row.Row["operation"]!.GetValue<string>() == "PutMetricAlarm"
            ? AlarmDefinition.Parse(input).Validate(region)
            : CompositeAlarmDefinition.Parse(input).Validate(
                [.. row.Row["alarms"]!.AsArray().Select(static alarm => alarm!.GetValue<string>())],
                region,
                row.Row["account"]?.GetValue<string>());

        if (row.Row["fault"] is not { } fault)
        {
            Assert.Equal((name, ""), (name, string.Join('\n', faults)));
            return;
        }

        // CloudWatch reports its first fault only.
        Assert.NotEmpty(faults);
        string found = faults[0];
        string[] parts = [.. fault.GetValue<string>().Split('…', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        Assert.All(parts, part => Assert.Contains(part, found, StringComparison.Ordinal));
        if (!fault.GetValue<string>().Contains('…', StringComparison.Ordinal))
        {
            Assert.Equal(fault.GetValue<string>(), found);
        }
    }
}
