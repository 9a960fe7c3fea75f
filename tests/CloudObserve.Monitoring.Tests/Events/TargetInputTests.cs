using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CloudObserve.Events;

namespace CloudObserve.Monitoring.Tests.Events;

/// <summary>Inputs of targets whose results were recorded on EventBridge.</summary>
public sealed class TargetInputTests
{
    [Fact]
    public void Every_recorded_input_gives_the_recorded_text()
    {
        IReadOnlyList<JsonNode> rows = EventCases.Array("inputs");

        Assert.True(rows.Count > 40);
        Assert.Equal("", string.Join('\n', rows.Select(Difference).OfType<string>()));
    }

    [Theory]
    [InlineData("$.detail.object.*")]
    [InlineData("$.detail..a")]
    [InlineData("$detail")]
    [InlineData("$.a[")]
    [InlineData("$.a[-1]")]
    public void An_unsupported_path_is_refused(string path)
    {
        Dictionary<string, string> paths = new() { ["v"] = path };
        TargetInput input = new() { InputTransformer = new() { InputPathsMap = paths, InputTemplate = "<v>" } };

        Assert.Equal(["InputPath for target t1 is invalid."], input.Validate("t1"));
    }

    [Fact]
    public void A_constant_must_be_JSON()
    {
        string fault = new TargetInput { Input = "hello" }.Validate("t1")[0];

        Assert.StartsWith("JSON syntax error in input for target t1: ", fault, StringComparison.Ordinal);
        Assert.Empty(new TargetInput { Input = "[1,\"two\"]" }.Validate("t1"));
    }

    [Theory]
    [InlineData("aws.events.rule-name", 1, "Map keys must satisfy constraint")]
    [InlineData("k", 100, null)]
    [InlineData("k", 101, "has 101 paths; at most 100 are allowed")]
    public void The_names_of_values_are_limited(string name, int count, string? fault)
    {
        Dictionary<string, string> paths = Enumerable.Range(0, count)
            .ToDictionary(i => i == 0 ? name : $"{name}{i.ToString(CultureInfo.InvariantCulture)}", static _ => "$.detail.v");

        TargetInput input = new() { InputTransformer = new() { InputPathsMap = paths, InputTemplate = "\"x\"" } };
        IReadOnlyList<string> faults = input.Validate("t1");

        Assert.Equal(fault is null ? 0 : 1, faults.Count);
        Assert.All(faults, found => Assert.Contains(fault!, found, StringComparison.Ordinal));
    }

    [Fact]
    public void Predefined_names_stand_for_the_event_and_the_rule()
    {
        TargetInput input = new()
        {
            InputTransformer = new()
            {
                InputTemplate = """{"rule":<aws.events.rule-name>,"in":"<aws.events.rule-arn>","e":<aws.events.event>,"""
                    + "\"all\":<aws.events.event.json>}",
            },
        };

        TargetBody body = input.Apply(
            """{"id":"1","detail":{"a":2}}"""u8.ToArray(), new RuleIdentity("r\"1", "arn:r"), DateTimeOffset.UnixEpoch);

        Assert.Equal("""{"rule":"r\"1","in":"arn:r","e":{"id":"1"},"all":{"id":"1","detail":{"a":2}}}""", body.Text);
        Assert.True(body.IsDelivered);
    }

    private static string? Difference(JsonNode row)
    {
        TargetInput input = new()
        {
            Input = row["input"]?.GetValue<string>(),
            InputPath = row["inputPath"]?.GetValue<string>(),
            InputTransformer = row["inputTemplate"] is { } template
                ? new InputTransformer
                {
                    InputTemplate = template.GetValue<string>(),
                    InputPathsMap = row["inputPathsMap"]?.AsObject()
                        .ToDictionary(static p => p.Key, static p => p.Value!.GetValue<string>()) ?? [],
                }
                : null,
        };
        JsonNode expected = row["expect"]!;
        if (input.Validate("t1") is [string fault, ..])
        {
            bool isExpected = expected["at"]?.GetValue<string>() == "PutTargets" && expected.Text("error") == fault;
            return isExpected ? null : $"{row.Text("id")}: {fault}";
        }

        TargetBody body = input.Apply(
            Encoding.UTF8.GetBytes(row["event"]!.ToJsonString()),
            new RuleIdentity(row["rule"]?["name"]?.GetValue<string>() ?? "", row["rule"]?["arn"]?.GetValue<string>() ?? ""),
            row["ingestionTime"] is { } time ? DateTimeOffset.Parse(time.GetValue<string>(), CultureInfo.InvariantCulture) : default);
        return IsExpected(body, expected) ? null : $"{row.Text("id")}: {body} instead of {expected.ToJsonString()}";
    }

    private static bool IsExpected(TargetBody body, JsonNode expected) =>
        expected["text"] is { } text ? body.IsDelivered && body.Text == text.GetValue<string>()
        : expected["json"] is { } json ? body.IsDelivered && JsonNode.DeepEquals(JsonNode.Parse(body.Text), json)
        : !body.IsDelivered && (expected["body"] is not { } refused || refused.GetValue<string>() == body.Text);
}
