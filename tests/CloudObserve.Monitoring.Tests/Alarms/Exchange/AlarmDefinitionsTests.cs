using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Configuration;

namespace CloudObserve.Monitoring.Tests.Alarms.Exchange;

/// <summary>Sets of alarms in the forms of AWS and of configuration, and back.</summary>
public sealed partial class AlarmDefinitionsTests
{
    private const string Cpu = """
        {"AlarmName":"cpu","Namespace":"AWS/EC2","MetricName":"CPUUtilization","Statistic":"Average","Period":60,"EvaluationPeriods":1,
        "Threshold":90,"ComparisonOperator":"GreaterThanThreshold"}
        """;

    [Fact]
    public void Any_alarms_are_the_same_after_export_and_import() => Prop.ForAll(GeneratedAlarms.Sets().ToArbitrary(), static alarms =>
    {
        Assert.Empty(alarms.Validate());
        AlarmDefinitions known = alarms with
        {
            MetricAlarms = [.. alarms.MetricAlarms.Select(static alarm => alarm with { MinimumSampleCount = null })],
        };

        AssertSame(known, AlarmDefinitions.Import(alarms.ToJson(), out IReadOnlyList<string> ofInputs));
        AssertSame(alarms, AlarmDefinitions.Import(alarms.ToCloudFormation(), out IReadOnlyList<string> ofTemplate));
        AssertSame(alarms, AlarmDefinitions.Read(Section(alarms.ToSettings())));
        Assert.Empty(ofInputs.Concat(ofTemplate));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_answer_of_DescribeAlarms_gives_the_definitions_without_states() =>
        Prop.ForAll(GeneratedAlarms.Sets().ToArbitrary(), static alarms =>
        {
            AlarmDefinitions known = new()
            {
                MetricAlarms = [.. alarms.MetricAlarms.Select(
                    static alarm => alarm with { MinimumSampleCount = null, Tags = new Dictionary<string, string>() })],
                CompositeAlarms = [.. alarms.CompositeAlarms.Select(
                    static alarm => alarm with { Tags = new Dictionary<string, string>() })],
            };

            AssertSame(known, AlarmDefinitions.Import(Described(known), out IReadOnlyList<string> notes));
            Assert.Equal(["DescribeAlarms does not give tags, so none were carried over."], notes);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_input_that_CloudWatch_accepted_is_the_same_after_export_and_import()
    {
        JsonNode[] rows = [.. AlarmCases.Read("definitions").Select(static data => ((JsonObjectCase)data[1]).Row)
            .Where(static row => row["fault"] is null)];
        Assert.True(rows.Length >= 20, $"{rows.Length} rows");
        foreach (JsonNode row in rows)
        {
            string input = row["input"]!.ToJsonString();
            AlarmDefinitions alarms = row["operation"]!.GetValue<string>() == "PutMetricAlarm"
                ? new AlarmDefinitions { MetricAlarms = [AlarmDefinition.Parse(input)] }
                : new AlarmDefinitions { CompositeAlarms = [CompositeAlarmDefinition.Parse(input)] };

            AssertSame(alarms, AlarmDefinitions.Import(input, out _));
            AssertSame(alarms, AlarmDefinitions.Import(alarms.ToJson(), out _));
            AssertSame(alarms, AlarmDefinitions.Import(Described(alarms), out _));
            AssertSame(alarms, AlarmDefinitions.Import(alarms.ToCloudFormation(), out _));
            AssertSame(alarms, AlarmDefinitions.Read(Section(alarms.ToSettings())));
        }
    }

    [Fact]
    public void A_template_has_legal_unique_ids_and_each_composite_alarm_after_those_it_uses() =>
        Prop.ForAll(GeneratedAlarms.Sets().ToArbitrary(), static alarms =>
        {
            JsonObject resources = JsonNode.Parse(alarms.ToCloudFormation())!["Resources"]!.AsObject();
            Assert.All(resources, static resource => Assert.Matches(LogicalId(), resource.Key));
            Dictionary<string, string> names = resources.Where(static r => r.Value!["Properties"]!["AlarmName"] is not null)
                .ToDictionary(static r => r.Value!["Properties"]!["AlarmName"]!.GetValue<string>(), static r => r.Key);
            foreach (CompositeAlarmDefinition composite in alarms.CompositeAlarms)
            {
                string[] needed = [.. AlarmRule.Parse(composite.AlarmRule).Children.Append(composite.ActionsSuppressor).OfType<string>()
                    .Select(used => names[used]).Distinct().Order(StringComparer.Ordinal)];
                Assert.Equal(needed, Texts(resources[names[composite.AlarmName]]!["DependsOn"]));
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Alarms_on_the_band_of_one_metric_share_its_detector()
    {
        AlarmDefinition below = TestAlarms.Band("LessThanLowerThreshold") with { AlarmName = "below" };
        AlarmDefinition above = TestAlarms.Band("GreaterThanUpperThreshold") with { AlarmName = "above" };

        JsonObject resources = JsonNode.Parse(new AlarmDefinitions { MetricAlarms = [below, above] }.ToCloudFormation())!["Resources"]!
            .AsObject();

        Assert.Equal(["Detectorbelow", "Alarmbelow", "Alarmabove"], resources.Select(static resource => resource.Key));
        Assert.Equal(
            """{"Type":"AWS::CloudWatch::AnomalyDetector","Properties":{"SingleMetricAnomalyDetector":{"Namespace":"Shop","MetricName":"Orders","Stat":"Sum"}}}""",
            resources["Detectorbelow"]!.ToJsonString());
        Assert.All(["Alarmbelow", "Alarmabove"], id => Assert.Equal(["Detectorbelow"], Texts(resources[id]!["DependsOn"])));
    }

    [Fact]
    public void The_detector_of_an_expression_has_the_queries_that_the_expression_uses()
    {
        AlarmDefinition alarm = AlarmDefinition.Parse("""
            {"AlarmName":"ratio","ComparisonOperator":"GreaterThanUpperThreshold","EvaluationPeriods":1,"ThresholdMetricId":"ad","Metrics":[
            {"Id":"m1","MetricStat":{"Metric":{"Namespace":"Shop","MetricName":"Errors"},"Period":60,"Stat":"Sum"},"ReturnData":false},
            {"Id":"e1","Expression":"m1 / 2"},{"Id":"ad","Expression":"ANOMALY_DETECTION_BAND(e1, 2)"}]}
            """);

        string template = new AlarmDefinitions { MetricAlarms = [alarm] }.ToCloudFormation();
        JsonNode detector = JsonNode.Parse(template)!["Resources"]!["Detectorratio"]!;

        JsonArray queries = detector["Properties"]!["MetricMathAnomalyDetector"]!["MetricDataQueries"]!.AsArray();
        Assert.Equal(
            [("m1", false), ("e1", true)],
            queries.Select(static query => (query!["Id"]!.GetValue<string>(), query["ReturnData"]!.GetValue<bool>())));
    }

    [Theory]
    [InlineData("""{"MetricAlarms":[CPU,{"AlarmName":"odd","Threshold":"x"}],"Extra":1}""",
        "The alarm 'odd' was left out: Threshold must be a number, not \"x\".", "The member Extra is unknown and was not carried over.")]
    [InlineData("""{"MetricAlarms":[CPU,{"AlarmName":"odd"}]}""", "The alarm 'odd' was left out: MetricName must not be null")]
    [InlineData("""{"MetricAlarms":[CPU,CPU]}""", "The alarm 'cpu' was left out: an alarm of this name came before.")]
    [InlineData("""{"MetricAlarms":[CPU,{"AlarmName":"promql","EvaluationCriteria":{},"EvaluationInterval":60}]}""",
        "The alarm 'promql' was left out: EvaluationCriteria and EvaluationInterval define alarms over PromQL queries")]
    [InlineData("""{"MetricAlarms":[CPU],"LogAlarms":[{}],"NextToken":"n"}""",
        "LogAlarms are not supported and were left out.", "The answer has a NextToken, so it does not have all alarms.")]
    [InlineData("""{"MetricAlarms":[CPU],"CompositeAlarms":[{"AlarmName":"all","AlarmRule":"ALARM(cpu) OR ALARM(disk)"}]}""",
        "The composite alarm 'all' uses alarms that the input does not have: 'disk'.")]
    [InlineData("""{"MetricAlarms":[CPU],"CompositeAlarms":[{"AlarmName":"all","AlarmRule":"ALARM("}]}""", "The alarm 'all' was left out: ")]
    [InlineData("""{"Resources":{"Cpu":{"Type":"AWS::CloudWatch::Alarm","Properties":CPU},"Bucket":{"Type":"AWS::S3::Bucket"}}}""",
        "The resource Bucket of the type AWS::S3::Bucket is no alarm and was left out.")]
    [InlineData("""{"Resources":{"Cpu":{"Type":"AWS::CloudWatch::Alarm","Properties":CPU},"Odd":{"Type":"AWS::CloudWatch::Alarm","Properties":{"MetricName":{"Ref":"M"}}}}}""",
        "The alarm 'Odd' was left out: MetricName must be a text, not an object.")]
    public void What_is_not_carried_over_is_told_and_the_rest_is_read(string json, params string[] expected)
    {
        AlarmDefinitions alarms = AlarmDefinitions.Import(
            json.Replace("CPU", Cpu, StringComparison.Ordinal), out IReadOnlyList<string> notes);

        Assert.Equal("cpu", Assert.Single(alarms.MetricAlarms).AlarmName);
        Assert.All(expected, text => Assert.Contains(notes, note => note.StartsWith(text, StringComparison.Ordinal)));
    }

    [Fact]
    public void An_unknown_member_is_named_with_its_alarm_and_its_place()
    {
        AlarmDefinitions alarms = AlarmDefinitions.Import(
            """{"MetricAlarms":[{"AlarmName":"math","Threshold":1,"ComparisonOperator":"GreaterThanThreshold","EvaluationPeriods":1,"New":1,"Metrics":[{"Id":"m1","Newer":1,"MetricStat":{"Metric":{"Namespace":"Shop","MetricName":"Orders"},"Period":60,"Stat":"Sum"}}]}]}""",
            out IReadOnlyList<string> notes);

        _ = Assert.Single(alarms.MetricAlarms);
        Assert.Equal(
            [
                "The alarm 'math': Metrics[0].Newer is unknown and was not carried over.",
                "The alarm 'math': New is unknown and was not carried over.",
            ],
            notes);
    }

    [Theory]
    [InlineData("[]", "The input must be what 'aws cloudwatch describe-alarms' prints")]
    [InlineData("{}", "The input must be what 'aws cloudwatch describe-alarms' prints")]
    [InlineData("""{"MetricAlarms":{}}""", "MetricAlarms must be a list.")]
    [InlineData("{\n  \"MetricAlarms\": [,]\n}", "The input is not valid JSON: line 2, byte 20: ")]
    [InlineData("""{"MetricAlarms":[{"AlarmName":"\ud800"}]}""", "The input has a text that is not valid Unicode.")]
    public void Another_text_is_refused(string json, string message) => Assert.StartsWith(
        message, Assert.Throws<FormatException>(() => AlarmDefinitions.Import(json, out _)).Message, StringComparison.Ordinal);

    [Fact]
    public void All_faults_of_configuration_are_told_with_their_keys()
    {
        FormatException exception = Assert.Throws<FormatException>(() => AlarmDefinitions.Read(Section("""
            {"CloudObserve":{"Monitoring":{"Alarms":{
              "slow":{"Period":"sixty","Metrics":[{"Id":"m1","Stat":"Sum"}]},
              "all":{"AlarmRule":"TRUE","Period":60}
            }}}}
            """)));

        const string End = "be one of: ";
        Assert.Equal(
            [
                "CloudObserve:Monitoring:Alarms:all: Unknown parameter in input: \"Period\", must be one of: ",
                "CloudObserve:Monitoring:Alarms:slow: Period must be a number, not \"sixty\".",
                "CloudObserve:Monitoring:Alarms:slow: Unknown parameter in Metrics[0]: \"Stat\", must be one of: ",
            ],
            exception.Message.Split('\n').Select(
                static line => line.IndexOf(End, StringComparison.Ordinal) is var i and > 0 ? line[..(i + End.Length)] : line));
    }

    [Fact]
    public void The_key_is_the_name_unless_there_is_one_and_empty_lists_are_none()
    {
        AlarmDefinitions alarms = AlarmDefinitions.Read(Section("""
            {"CloudObserve":{"Monitoring":{"Alarms":{
              "cpu":{"Namespace":"AWS/EC2","MetricName":"CPUUtilization","Dimensions":[],"OKActions":[],"Tags":[{"Key":"team","Value":"shop"}]},
              "key":{"AlarmName":"name: with a colon","AlarmRule":"ALARM(cpu)"}
            }}}}
            """));

        Assert.Equal("cpu", alarms.MetricAlarms[0].AlarmName);
        Assert.Equal("shop", alarms.MetricAlarms[0].Tags["team"]);
        Assert.Equal("name: with a colon", alarms.CompositeAlarms[0].AlarmName);
    }

    [Fact]
    public void Names_must_be_unique_and_composite_alarms_must_not_form_a_circle()
    {
        AlarmDefinition cpu = AlarmDefinition.Parse(Cpu);
        AlarmDefinitions twice = new() { MetricAlarms = [cpu, cpu] };
        AlarmDefinitions circle = new()
        {
            CompositeAlarms =
            [
                new CompositeAlarmDefinition { AlarmName = "a", AlarmRule = "ALARM(b)" },
                new CompositeAlarmDefinition { AlarmName = "b", AlarmRule = "ALARM(a)" },
            ],
        };

        Assert.Equal(["The alarm 'cpu': the name is that of more than one alarm; it must be unique."], twice.Validate());
        Assert.Equal(["The alarm 'a': composite alarms must not use each other in a circle: 'a' -> 'b' -> 'a'."], circle.Validate());
        _ = Assert.Throws<InvalidOperationException>(() => circle.InOrder());
    }

    [Fact]
    public void A_thousand_alarms_are_read_and_written_in_their_order()
    {
        AlarmDefinition cpu = AlarmDefinition.Parse(Cpu);
        AlarmDefinitions alarms = new()
        {
            MetricAlarms = [.. Enumerable.Range(0, 5_000).Select(
                i => cpu with { AlarmName = $"cpu-{i}", AlarmDescription = new string('d', 500) })],
        };

        AssertSame(alarms, AlarmDefinitions.Import(alarms.ToJson(), out _));
    }

    private static void AssertSame(AlarmDefinitions expected, AlarmDefinitions actual)
    {
        Assert.Equal(Texts(expected), Texts(actual));

        static string[] Texts(AlarmDefinitions alarms) =>
        [
            .. alarms.MetricAlarms.Select(static alarm => Sorted(alarm.ToJson())).Order(StringComparer.Ordinal),
            .. alarms.CompositeAlarms.Select(static alarm => Sorted(alarm.ToJson())).Order(StringComparer.Ordinal),
        ];
    }

    // Tags have no order.
    private static string Sorted(string json)
    {
        JsonObject alarm = JsonNode.Parse(json)!.AsObject();
        if (alarm["Tags"] is JsonArray tags)
        {
            alarm["Tags"] = new JsonArray([.. tags.Select(static tag => tag!.DeepClone())
                .OrderBy(static tag => tag["Key"]!.GetValue<string>(), StringComparer.Ordinal)]);
        }

        return alarm.ToJsonString();
    }

    // As 'aws cloudwatch describe-alarms' prints it: with states, ARNs, times and empty lists.
    private static string Described(AlarmDefinitions alarms)
    {
        JsonObject answer = JsonNode.Parse(alarms.ToJson())!.AsObject();
        foreach (JsonNode? alarm in answer["MetricAlarms"]!.AsArray().Concat(answer["CompositeAlarms"]!.AsArray()))
        {
            JsonObject members = alarm!.AsObject();
            members["AlarmArn"] = $"arn:aws:cloudwatch:eu-west-1:111122223333:alarm:{members["AlarmName"]!.GetValue<string>()}";
            members["AlarmConfigurationUpdatedTimestamp"] = "2026-11-20T07:15:21.123000+00:00";
            members["ActionsEnabled"] ??= true;
            foreach (string list in new[] { "OKActions", "AlarmActions", "InsufficientDataActions" })
            {
                members[list] ??= new JsonArray();
            }

            members["StateValue"] = "OK";
            members["StateReason"] = "Unchecked: Initial alarm creation";
            members["StateReasonData"] = "{}";
            members["StateUpdatedTimestamp"] = 1_795_000_000.5;
            members["StateTransitionedTimestamp"] = "2026-11-20T07:15:21.123000+00:00";
            _ = members.Remove("Tags");
        }

        return answer.ToJsonString();
    }

    private static IConfigurationSection Section(string json) =>
        new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build()
            .GetSection("CloudObserve:Monitoring:Alarms");

    private static string[] Texts(JsonNode? list) => [.. list!.AsArray().Select(static text => text!.GetValue<string>())];

    [GeneratedRegex("^[A-Za-z0-9]{1,255}$")]
    private static partial Regex LogicalId();
}
