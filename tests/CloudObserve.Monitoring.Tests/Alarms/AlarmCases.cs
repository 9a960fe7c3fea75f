using System.Text.Json;
using System.Text.Json.Nodes;

namespace CloudObserve.Monitoring.Tests.Alarms;

/// <summary>Reads the case files.</summary>
internal static class AlarmCases
{
    internal static TheoryData<string, JsonObjectCase> Read(string file)
    {
        using Stream stream = typeof(AlarmCases).Assembly.GetManifestResourceStream($"alarms-{file}.json")!;
        TheoryData<string, JsonObjectCase> cases = [];
        foreach (JsonNode? row in JsonNode.Parse(stream)!.AsArray())
        {
            cases.Add(row!["name"]!.GetValue<string>(), new JsonObjectCase(row.ToJsonString()));
        }

        return cases;
    }

    /// <summary>Reads the alarm of a row, on a metric of its own or on an expression.</summary>
    internal static AlarmDefinition Definition(JsonNode row)
    {
        JsonObject input = row["alarm"]!.DeepClone().AsObject();
        input["AlarmName"] = "alarm";
        if (row["expression"] is { } expression)
        {
            int period = input["Period"]!.GetValue<int>();
            _ = input.Remove("Period");
            input["Metrics"] = new JsonArray(
                JsonNode.Parse($$$"""{"Id":"m1","MetricStat":{"Metric":{"Namespace":"Shop","MetricName":"Orders"},"Period":{{{period}}},"Stat":"Average"},"ReturnData":false}"""),
                new JsonObject { ["Id"] = "e1", ["Expression"] = expression.DeepClone(), ["Period"] = period });
        }
        else
        {
            input["Namespace"] = "Shop";
            input["MetricName"] = "Orders";
            if (input["ExtendedStatistic"] is null)
            {
                input["Statistic"] ??= "Average";
            }
        }

        AlarmDefinition definition = AlarmDefinition.Parse(input.ToJsonString());
        Assert.Empty(definition.Validate());
        return definition;
    }

    internal static AlarmState State(string name) => name switch
    {
        "A" or "ALARM" => AlarmState.Alarm,
        "O" or "OK" => AlarmState.Ok,
        "I" or "INSUFFICIENT_DATA" => AlarmState.InsufficientData,
        _ => throw new ArgumentException(name, nameof(name)),
    };

    internal static DateTimeOffset Time(JsonNode? node) =>
        DateTimeOffset.Parse(node!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);
}
