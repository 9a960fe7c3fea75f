using System.Text.Json;

namespace CloudObserve.Cli.Tests.Alarms;

/// <summary><c>cloudobserve alarm export</c> and <c>cloudobserve alarm import</c>.</summary>
public sealed class AlarmExportCommandTests : IDisposable
{
    private const string Settings = """
        {
          // Comments are fine in settings.
          "CloudObserve": { "Monitoring": { "Alarms": {
            "checkout-slow": {
              "Namespace": "Shop", "MetricName": "CheckoutDuration", "ExtendedStatistic": "p99", "Period": 60, "EvaluationPeriods": 5,
              "DatapointsToAlarm": 3, "Threshold": 0.5, "ComparisonOperator": "GreaterThanThreshold", "AlarmActions": [ "ops" ],
              "MinimumSampleCount": 20
            },
            "shop-down": { "AlarmRule": "ALARM(checkout-slow)", "AlarmActions": [ "arn:aws:sns:eu-west-1:111122223333:all" ], "OKActions": [] }
          } } }
        }
        """;

    private const string Ops = "ops=arn:aws:sns:eu-west-1:111122223333:ops";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudobserve-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Alarms_of_settings_become_a_template()
    {
        CommandRun run = await CommandRun.Of("alarm", "export", "--settings", File("a.json", Settings), "--topic", Ops);

        Assert.Equal(
            (0, "cloudobserve: 'checkout-slow': CloudWatch does not know MinimumSampleCount, so the template has it as metadata only\n"),
            (run.Status, run.Error));
        JsonElement resources = JsonDocument.Parse(run.Output).RootElement.GetProperty("Resources");
        Assert.Equal(
            """{"Type":"AWS::CloudWatch::Alarm","Metadata":{"CloudObserve":{"MinimumSampleCount":20}},"Properties":{"AlarmName":"checkout-slow","AlarmActions":["arn:aws:sns:eu-west-1:111122223333:ops"],"MetricName":"CheckoutDuration","Namespace":"Shop","ExtendedStatistic":"p99","Period":60,"EvaluationPeriods":5,"DatapointsToAlarm":3,"Threshold":0.5,"ComparisonOperator":"GreaterThanThreshold"}}""",
            JsonSerializer.Serialize(resources.GetProperty("Alarmcheckoutslow")));
        Assert.Equal(
            """{"Type":"AWS::CloudWatch::CompositeAlarm","DependsOn":["Alarmcheckoutslow"],"Properties":{"AlarmName":"shop-down","AlarmRule":"ALARM(checkout-slow)","AlarmActions":["arn:aws:sns:eu-west-1:111122223333:all"]}}""",
            JsonSerializer.Serialize(resources.GetProperty("Alarmshopdown")));
    }

    [Fact]
    public async Task A_later_file_overrides_an_earlier_one_and_inputs_of_the_API_are_another_form()
    {
        string later = File("b.json", """{ "CloudObserve": { "Monitoring": { "Alarms": { "checkout-slow": { "Threshold": 2 } } } } }""");

        CommandRun run = await CommandRun.Of(
            "alarm", "export", "--settings", File("a.json", Settings), later, "--format", "json", "--topic", Ops);

        Assert.Equal(
            (0, "cloudobserve: 'checkout-slow': CloudWatch does not know MinimumSampleCount, so it is left out\n"),
            (run.Status, run.Error));
        JsonElement alarm = Assert.Single(JsonDocument.Parse(run.Output).RootElement.GetProperty("MetricAlarms").EnumerateArray());
        Assert.Equal(2, alarm.GetProperty("Threshold").GetInt32());
        Assert.False(alarm.TryGetProperty("MinimumSampleCount", out _));
    }

    [Theory]
    [InlineData("cloudformation")]
    [InlineData("json")]
    public async Task What_was_exported_can_be_imported_again(string format)
    {
        CommandRun export = await CommandRun.Of(
            "alarm", "export", "--settings", File("a.json", Settings), "--format", format, "--topic", Ops);
        CommandRun import = await CommandRun.On(export.Output, "alarm", "import", "--topic", Ops);
        CommandRun again = await CommandRun.Of(
            "alarm", "export", "--settings", File("b.json", import.Output), "--format", format, "--topic", Ops);

        Assert.Equal((0, ""), (import.Status, import.Error));
        Assert.Contains("\"AlarmActions\": [\n            \"ops\"\n", import.Output, StringComparison.Ordinal);
        Assert.Equal(export.Output, again.Output);
    }

    [Fact]
    public async Task All_faults_of_the_settings_are_told()
    {
        CommandRun types = await CommandRun.Of("alarm", "export", "--settings", File("a.json", """
            { "CloudObserve": { "Monitoring": { "Alarms": { "a": { "Period": "x" }, "b": { "Threshold": "y" } } } } }
            """));
        CommandRun rules = await CommandRun.Of("alarm", "export", "--settings", File("b.json", """
            { "CloudObserve": { "Monitoring": { "Alarms": {
              "a": { "Namespace": "Shop", "MetricName": "Orders", "Statistic": "Sum", "Period": 45, "EvaluationPeriods": 1, "Threshold": 1,
                "ComparisonOperator": "GreaterThanThreshold", "AlarmActions": [ "ops" ] },
              "b": { "AlarmRule": "ALARM(gone)" } } } } }
            """));

        Assert.Equal((2, ""), (types.Status, types.Output));
        Assert.Contains("CloudObserve:Monitoring:Alarms:a: Period must be a number, not \"x\".", types.Error, StringComparison.Ordinal);
        Assert.Contains("CloudObserve:Monitoring:Alarms:b: Threshold must be a number, not \"y\".", types.Error, StringComparison.Ordinal);
        Assert.Equal((2, ""), (rules.Status, rules.Output));
        Assert.Contains("The alarm 'a': Period must be 10, 20, 30 or a multiple of 60", rules.Error, StringComparison.Ordinal);
        Assert.Contains("in the alarm rule do not exist", rules.Error, StringComparison.Ordinal);
        Assert.Contains("The topic 'ops' has no ARN; give it with --topic ops=ARN.", rules.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Invalid arn syntax", rules.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_to_export_or_import_ends_with_1()
    {
        CommandRun export = await CommandRun.Of("alarm", "export", "--settings", File("a.json", "{}"));
        CommandRun import = await CommandRun.On("""{"MetricAlarms":[],"CompositeAlarms":[]}""", "alarm", "import", "-");

        Assert.Equal((1, ""), (export.Status, export.Output));
        Assert.Contains("CloudObserve:Monitoring:Alarms", export.Error, StringComparison.Ordinal);
        Assert.Equal(new CommandRun(1, "", "cloudobserve: there is no alarm to import.\n"), import);
    }

    [Fact]
    public async Task What_an_import_leaves_out_is_told_on_standard_error()
    {
        string file = File("alarms.json", """
            {"MetricAlarms":[{"AlarmName":"orders","AlarmArn":"arn:aws:cloudwatch:eu-west-1:111122223333:alarm:orders","ActionsEnabled":true,
            "OKActions":[],"AlarmActions":[],"InsufficientDataActions":[],"StateValue":"OK","StateReason":"r","MetricName":"Orders",
            "Namespace":"Shop","Statistic":"Sum","Dimensions":[],"Period":60,"EvaluationPeriods":1,"Threshold":1.0,
            "ComparisonOperator":"LessThanThreshold","Brand\u001bNew":1},{"AlarmName":"broken"}]}
            """);

        CommandRun run = await CommandRun.Of("alarm", "import", file);

        Assert.Equal(0, run.Status);
        Assert.Equal(
            """
            {
              "CloudObserve": {
                "Monitoring": {
                  "Alarms": {
                    "orders": {
                      "AlarmName": "orders",
                      "MetricName": "Orders",
                      "Namespace": "Shop",
                      "Statistic": "Sum",
                      "Period": 60,
                      "EvaluationPeriods": 1,
                      "Threshold": 1,
                      "ComparisonOperator": "LessThanThreshold"
                    }
                  }
                }
              }
            }

            """.ReplaceLineEndings("\n"),
            run.Output);
        Assert.Contains("The alarm 'orders': Brand\uFFFDNew is unknown and was not carried over.", run.Error, StringComparison.Ordinal);
        Assert.Contains("The alarm 'broken' was left out: MetricName must not be null", run.Error, StringComparison.Ordinal);
        Assert.Contains("DescribeAlarms does not give tags", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "'FILE' is not valid JSON: line 1, byte 2: ", "export", "--settings", "FILE")]
    [InlineData("{", "'FILE': The input is not valid JSON: line 1, byte 2: ", "import", "FILE")]
    [InlineData("{}", "--topic must be a name and an ARN such as ops=arn:", "import", "FILE", "--topic", "ops=ops")]
    [InlineData("{}", "--topic must give each name and each ARN once", "import", "FILE", "--topic", Ops, "--topic", Ops)]
    [InlineData("{}", "Argument 'yaml' not recognized", "export", "--settings", "FILE", "--format", "yaml")]
    [InlineData("{}", "there is no file 'gone.json'", "export", "--settings", "gone.json")]
    public async Task A_fault_ends_with_2_and_a_message(string text, string message, params string[] args)
    {
        string file = File("a.json", text);

        CommandRun run = await CommandRun.Of(["alarm", .. args.Select(arg => arg == "FILE" ? file : arg)]);

        Assert.Equal((2, ""), (run.Status, run.Output));
        Assert.StartsWith("cloudobserve: " + message.Replace("FILE", file, StringComparison.Ordinal), run.Error, StringComparison.Ordinal);
    }

    private string File(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
