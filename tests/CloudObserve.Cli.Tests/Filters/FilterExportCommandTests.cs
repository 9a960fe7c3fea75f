using System.Text.Json;

namespace CloudObserve.Cli.Tests.Filters;

public sealed class FilterExportCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudobserve-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Filters_become_resources_one_for_each_group_with_placeholders_as_parameters()
    {
        CommandRun run = await CommandRun.Of("filter", "export", Settings("base.json", """
            {
              // Comments are fine in settings.
              "CloudObserve": {
                "Logs": { "LogGroup": "/shop/{environment}", "Routes": [ { "Category": "Audit", "LogGroup": "/shop/audit" } ] },
                "MetricFilters": {
                  "payment errors": { "Pattern": "{ $.level = \"Error\" && $.region = * }", "Namespace": "Shop", "Metric": "Errors", "Dimensions": { "Region": "$.region" } },
                  "Latency": { "Pattern": "[a, ms]", "Namespace": "Shop", "Metric": "Old", "Value": "$ms", "Default": 0.5, "Unit": "BytesPerSecond", "LogGroups": [ "/fixed" ] },
                  "Quiet": { "Namespace": "Shop", "Metric": "Quiet", "Discard": true }
                }
              }
            }
            """), Settings("override.json", """{ "CloudObserve": { "MetricFilters": { "Latency": { "Metric": "Latency" } } } }"""));

        Assert.Equal((0,
            "cloudobserve: 'Quiet' is left out: it withholds events in the application, so CloudWatch Logs would not count them\n"),
            (run.Status, run.Error));
        JsonElement template = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal("""{"environment":{"Type":"String"}}""", Compact(template.GetProperty("Parameters")));
        JsonElement resources = template.GetProperty("Resources");
        Assert.Equal(["FilterLatency", "Filterpaymenterrors", "Filterpaymenterrors2"], resources.EnumerateObject().Select(r => r.Name)
            .Order(StringComparer.Ordinal));
        Assert.All(resources.EnumerateObject(), r => Assert.Equal("AWS::Logs::MetricFilter", r.Value.GetProperty("Type").GetString()));
        Assert.Equal(
            """{"FilterName":"Latency","LogGroupName":"/fixed","FilterPattern":"[a, ms]","MetricTransformations":[{"MetricName":"Latency","MetricNamespace":"Shop","MetricValue":"$ms","DefaultValue":0.5,"Unit":"Bytes/Second"}]}""",
            Compact(resources.GetProperty("FilterLatency").GetProperty("Properties")));
        JsonElement first = resources.GetProperty("Filterpaymenterrors").GetProperty("Properties");
        Assert.Equal("/shop/${environment}", first.GetProperty("LogGroupName").GetProperty("Fn::Sub").GetString());
        Assert.Equal("""[{"Key":"Region","Value":"$.region"}]""",
            Compact(first.GetProperty("MetricTransformations")[0].GetProperty("Dimensions")));
        Assert.Equal("/shop/audit", resources.GetProperty("Filterpaymenterrors2").GetProperty("Properties").GetProperty("LogGroupName")
            .GetString());
    }

    [Fact]
    public async Task System_fields_become_a_property_of_the_filter_and_count_as_dimensions()
    {
        CommandRun run = await CommandRun.Of(
            "filter", "export", Settings("a.json", System("""[ "@aws.account", "@aws.region", "@source.log" ]""", "{ }")));
        CommandRun tooMany = await CommandRun.Of(
            "filter", "export",
            Settings("a.json", System("""[ "@aws.account", "@aws.region", "@source.log" ]""", """{ "Region": "$.region" }""")));
        CommandRun unknown = await CommandRun.Of("filter", "export", Settings("a.json", System("""[ "@aws.vpc" ]""", "{ }")));

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Equal(
            """{"FilterName":"A","LogGroupName":"/g","FilterPattern":"{ $.region = * }","MetricTransformations":[{"MetricName":"M","MetricNamespace":"N","MetricValue":"1","Unit":"None"}],"EmitSystemFieldDimensions":["@aws.account","@aws.region","@source.log"]}""",
            Compact(JsonDocument.Parse(run.Output).RootElement.GetProperty("Resources").GetProperty("FilterA").GetProperty("Properties")));
        Assert.Equal((2, ""), (tooMany.Status, tooMany.Output));
        Assert.Contains("CloudObserve:MetricFilters:A:", tooMany.Error, StringComparison.Ordinal);
        Assert.Equal((2, ""), (unknown.Status, unknown.Output));
        Assert.Contains("@aws.account, @aws.region, @source.log", unknown.Error, StringComparison.Ordinal);

        static string System(string fields, string dimensions) => $$"""
            {
              "CloudObserve": {
                "MetricFilters": {
                  "A": {
                    "Pattern": "{ $.region = * }", "Namespace": "N", "Metric": "M", "LogGroups": [ "/g" ], "Provision": true,
                    "EmitSystemFieldDimensions": {{fields}}, "Dimensions": {{dimensions}}
                  }
                }
              }
            }
            """;
    }

    [Theory]
    [InlineData("{\n  \"x\":", "is not valid JSON: line 2, byte ")]
    [InlineData("", "does not contain any JSON")]
    public async Task The_place_of_a_fault_in_JSON_is_told(string settings, string place)
    {
        CommandRun run = await CommandRun.Of("filter", "export", Settings("a.json", settings));

        Assert.Equal((2, ""), (run.Status, run.Output));
        Assert.Contains(place, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_in_the_settings_are_all_told()
    {
        CommandRun run = await CommandRun.Of("filter", "export", Settings("a.json", """
            { "CloudObserve": { "MetricFilters": { "A": { "Pattern": "{", "Namespace": "Shop", "Metric": "A" }, "B": { "Namespace": "Shop" } } } }
            """));

        Assert.Equal((2, ""), (run.Status, run.Output));
        Assert.Contains("CloudObserve:MetricFilters:A:Pattern is '{'", run.Error, StringComparison.Ordinal);
        Assert.Contains("CloudObserve:MetricFilters:B:Metric is not set", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"CloudObserve\": { \"MetricFilters\": { \"A\": { \"Default\": \"x\" } } } }", "Default")]
    [InlineData("{ broken", "a.json")]
    [InlineData("{ \"CloudObserve\": { \"Logs\": { \"LogGroup\": \"/a/{date}\" }, \"MetricFilters\": { \"A\": { \"Namespace\": \"N\", \"Metric\": \"M\" } } } }", "is not a fixed name")]
    public async Task Settings_that_cannot_be_exported_end_with_2(string settings, string word)
    {
        CommandRun run = await CommandRun.Of("filter", "export", Settings("a.json", settings));

        Assert.Equal((2, ""), (run.Status, run.Output));
        Assert.Contains(word, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ }")]
    [InlineData("{ \"CloudObserve\": { \"MetricFilters\": { \"A\": { \"Namespace\": \"N\", \"Metric\": \"M\", \"Discard\": true } } } }")]
    public async Task Settings_without_a_filter_to_export_end_with_1_and_no_template(string settings)
    {
        CommandRun run = await CommandRun.Of("filter", "export", Settings("a.json", settings));

        Assert.Equal((1, ""), (run.Status, run.Output));
        Assert.Contains("no metric filter to export", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_ends_with_2()
    {
        CommandRun run = await CommandRun.Of("filter", "export", Path.Combine(_folder.FullName, "none.json"));

        Assert.Equal((2, ""), (run.Status, run.Output));
        Assert.Contains("none.json", run.Error, StringComparison.Ordinal);
    }

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);

    private string Settings(string name, string json)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, json);
        return path;
    }
}
