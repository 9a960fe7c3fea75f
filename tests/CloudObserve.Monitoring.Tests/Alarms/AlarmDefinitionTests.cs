using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Monitoring.Tests.Alarms;

/// <summary>Definitions of metric alarms, composite alarms and mute rules as JSON, and their faults.</summary>
public sealed class AlarmDefinitionTests
{
    private const string Everything = """
        {
          "AlarmName": "checkout",
          "AlarmDescription": "p99 of <checkout>",
          "ActionsEnabled": false,
          "OKActions": ["arn:aws:sns:eu-west-1:111122223333:ops"],
          "AlarmActions": ["arn:aws:sns:eu-west-1:111122223333:ops", "arn:aws:lambda:eu-west-1:111122223333:function:f"],
          "InsufficientDataActions": [],
          "EvaluationPeriods": 5,
          "DatapointsToAlarm": 3,
          "Threshold": 0.5,
          "ComparisonOperator": "GreaterThanThreshold",
          "TreatMissingData": "notBreaching",
          "MinimumSampleCount": 20,
          "Metrics": [
            {"Id": "e1", "Expression": "m1 / m2", "Label": "rate", "ReturnData": true, "Period": 60},
            {"Id": "m1", "MetricStat": {"Metric": {"Namespace": "Shop", "MetricName": "Errors",
              "Dimensions": [{"Name": "Region", "Value": "eu"}]}, "Period": 60, "Stat": "Sum", "Unit": "Count"}, "ReturnData": false},
            {"Id": "m2", "MetricStat": {"Metric": {"Namespace": "Shop", "MetricName": "Requests"}, "Period": 60, "Stat": "Sum"}, "ReturnData": false,
              "AccountId": "111122223333"}
          ],
          "Tags": [{"Key": "team", "Value": "shop"}]
        }
        """;

    [Fact]
    public void Half_of_a_surrogate_pair_is_no_JSON() =>
        Assert.Throws<FormatException>(() => AlarmDefinition.Parse("{\"AlarmName\":\"\uD800\"}"));

    [Fact]
    public void A_definition_reads_and_writes_every_member()
    {
        AlarmDefinition definition = AlarmDefinition.Parse(Everything);
        JsonObject expected = JsonNode.Parse(Everything)!.AsObject();
        _ = expected.Remove("InsufficientDataActions");

        Assert.Empty(definition.Validate("eu-west-1"));
        Assert.Equal(TimeSpan.FromMinutes(1), definition.WatchedPeriod);
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(definition.ToJson())), definition.ToJson());
    }

    [Fact]
    public void Every_accepted_input_is_written_as_it_was_read()
    {
        foreach (object[] data in AlarmCases.Read("definitions"))
        {
            JsonNode row = ((JsonObjectCase)data[1]).Row;
            string json = row["input"]!.ToJsonString();
            string written = row["operation"]!.GetValue<string>() == "PutMetricAlarm"
                ? AlarmDefinition.Parse(json).ToJson()
                : CompositeAlarmDefinition.Parse(json).ToJson();
            string again = row["operation"]!.GetValue<string>() == "PutMetricAlarm"
                ? AlarmDefinition.Parse(written).ToJson()
                : CompositeAlarmDefinition.Parse(written).ToJson();
            Assert.Equal(written, again);
            foreach ((string name, JsonNode? value) in JsonNode.Parse(json)!.AsObject().Where(m => m.Value is JsonValue))
            {
                // True is the default, which is not written.
                if (name != "ActionsEnabled")
                {
                    Assert.True(JsonNode.DeepEquals(value, JsonNode.Parse(written)![name]), name);
                }
            }
        }
    }

    [Fact]
    public void Numbers_and_booleans_may_be_texts_and_names_have_no_case()
    {
        AlarmDefinition definition = AlarmDefinition.Parse(
            """{"alarmname":"a","actionsEnabled":"False","period":"60","threshold":"-1.5","evaluationPeriods":"2","Dimensions":null}""");

        Assert.Equal(("a", false, 60.0, -1.5, 2), (
            definition.AlarmName, definition.ActionsEnabled, definition.Period!.Value.TotalSeconds, definition.Threshold!.Value,
            definition.EvaluationPeriods!.Value));
    }

    [Fact]
    public void All_faults_of_the_shape_are_reported_at_once()
    {
        FormatException fault = Assert.Throws<FormatException>(() => AlarmDefinition.Parse(
            """{"AlarmName":5,"Treshold":1,"Period":1.5,"Metrics":[{"Id":[]}],"Dimensions":{},"EvaluationInterval":60}"""));

        string[] faults = fault.Message.Split('\n');
        Assert.Contains("AlarmName must be a text, not 5.", faults);
        Assert.Contains("Period must be a whole number, not 1.5.", faults);
        Assert.Contains("Metrics[0].Id must be a text, not a list.", faults);
        Assert.Contains("Dimensions must be a list, not an object.", faults);
        Assert.Contains(
            faults, f => f.StartsWith("Unknown parameter in input: \"Treshold\", must be one of: AlarmName, ", StringComparison.Ordinal));
        Assert.Contains("EvaluationCriteria and EvaluationInterval define alarms over PromQL queries, which are not supported.", faults);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"AlarmName\":\"\\ud800\"}")]
    public void A_text_that_is_no_object_is_refused(string json) => Assert.Throws<FormatException>(() => AlarmDefinition.Parse(json));

    [Fact]
    public void Damaged_JSON_never_throws_anything_else()
    {
        Gen<string> texts =
            from position in Gen.Choose(0, Everything.Length - 1)
            from length in Gen.Choose(0, 12)
            from insert in Gen.Elements("\"", "{", "}", "[", "]", ",", ":", "\\", "\\ud800", "1e999", "-1", "null", "true", "\0", "é")
            select Everything[..position] + insert + Everything[Math.Min(Everything.Length, position + length)..];

        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            try
            {
                _ = AlarmDefinition.Parse(text).Validate("eu-west-1");
                _ = CompositeAlarmDefinition.Parse(text).Validate([]);
                return true;
            }
            catch (FormatException exception)
            {
                return exception.Message.Length > 0;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000).WithReplay(20260301, 1));
    }

    [Fact]
    public void All_faults_of_a_definition_are_reported_at_once()
    {
        AlarmDefinition definition = new()
        {
            AlarmDescription = new string('x', 1025),
            MetricName = "Orders",
            Namespace = ":bad",
            Statistic = "p99",
            Period = TimeSpan.FromSeconds(45),
            Unit = "Shots",
            EvaluationPeriods = 2,
            DatapointsToAlarm = 3,
            ComparisonOperator = "GreaterThanUpperThreshold",
            TreatMissingData = "Missing",
            EvaluateLowSampleCountPercentile = "never",
            OKActions = ["ops"],
        };

        IReadOnlyList<string> faults = definition.Validate();

        Assert.StartsWith(
            "5 validation errors detected: Value null at 'alarmName' failed to satisfy constraint: Member must not be null; Value '",
            faults[0],
            StringComparison.Ordinal);
        Assert.Contains(
            "Value 'p99' at 'statistic' failed to satisfy constraint: Member must satisfy enum value set: [Maximum, SampleCount, Sum, "
                + "Minimum, Average]",
            faults[0],
            StringComparison.Ordinal);
        Assert.Equal(
            [
                "Period must be 10, 20, 30 or a multiple of 60",
                "ComparisonOperators for ranges require ThresholdMetricId to be set",
                "DatapointsToAlarm must be less than or equal to EvaluationPeriods",
                "The value Missing for parameter TreatMissingData is not supported.",
                "The value never for parameter EvaluateLowSampleCountPercentile is not supported.",
                "EvaluateLowSampleCountPercentile is only applicable to percentile based metrics.",
                "Invalid arn syntax: ops",
            ],
            faults.Skip(1));
    }

    [Fact]
    public void An_empty_definition_names_what_is_missing() => Assert.Equal(
        [
            "1 validation error detected: Value null at 'alarmName' failed to satisfy constraint: Member must not be null",
            "MetricName must not be null",
            "ComparisonOperator must not be null",
            "Threshold must not be null",
            "EvaluationPeriods must not be null",
        ],
        new AlarmDefinition().Validate());

    [Theory]
    [InlineData(60, 1440, true)]
    [InlineData(60, 1441, false)]
    [InlineData(3600, 168, true)]
    [InlineData(3600, 169, false)]
    [InlineData(86400, 7, true)]
    [InlineData(86400, 8, false)]
    [InlineData(10, 8640, true)]
    [InlineData(10, 8641, false)]
    [InlineData(604800, int.MaxValue, false)]
    public void A_window_has_at_most_a_day_or_with_long_periods_seven(int period, int periods, bool isValid) =>
        Assert.Equal(isValid, (TestAlarms.Of(periods) with { Period = TimeSpan.FromSeconds(period) }).Validate().Count == 0);

    [Theory]
    [InlineData("p99.9", true)]
    [InlineData("p100.5", true)]
    [InlineData("p101", false)]
    [InlineData("p99.12345678901", false)]
    [InlineData("P99", false)]
    [InlineData("tm90", true)]
    [InlineData("IQM", true)]
    [InlineData("Average", false)]
    [InlineData("TM(10%:90%)", true)]
    [InlineData("TM(10%:90)", false)]
    [InlineData("TM(90%:10%)", false)]
    [InlineData("TM(:101%)", false)]
    [InlineData("PR(:300)", true)]
    [InlineData("PR(10%:20%)", false)]
    [InlineData("TC(:)", false)]
    [InlineData("p99\n", false)]
    public void An_extended_statistic_has_CloudWatchs_notation(string statistic, bool isValid) =>
        Assert.Equal(isValid, (TestAlarms.Of(1) with { Statistic = null, ExtendedStatistic = statistic }).Validate().Count == 0);

    [Fact]
    public void The_partition_and_the_region_of_an_action_must_be_the_alarms()
    {
        AlarmDefinition definition = TestAlarms.Of(1) with { AlarmActions = ["arn:aws:sns:us-east-1:111122223333:ops"] };

        Assert.Empty(definition.Validate());
        Assert.Equal(["Invalid region us-east-1 specified. Only eu-west-1 is supported."], definition.Validate("eu-west-1"));
        Assert.Equal(["Invalid partition aws specified. Only aws-us-gov is supported."], definition.Validate("us-gov-west-1"));
    }

    [Fact]
    public void The_queries_of_a_band_are_the_metric_and_the_band()
    {
        AlarmDefinition band = TestAlarms.Band("GreaterThanUpperThreshold");

        Assert.Empty(band.Validate());
        Assert.Equal(TimeSpan.FromMinutes(1), band.WatchedPeriod);
        Assert.Equal(["Threshold and ThresholdMetricId cannot both be set"], (band with { Threshold = 1 }).Validate());
        Assert.Equal(
            ["ThresholdMetricId x must be the Id of an element of the metrics list that returns data"],
            (band with { ThresholdMetricId = "x" }).Validate());
        Assert.Equal(
            ["An alarm with ThresholdMetricId cannot have Auto Scaling actions."],
            (band with
            {
                AlarmActions =
                ["arn:aws:autoscaling:eu-west-1:111122223333:scalingPolicy:p:autoScalingGroupName/g:policyName/n"]
            }).Validate());
    }

    [Fact]
    public void A_mute_rule_reads_and_writes_every_member()
    {
        const string Json = """
            {"Name":"nights","Description":"d","Rule":{"Schedule":{"Expression":"cron(0 23 * * MON-FRI)","Duration":"PT8H","Timezone":"Europe/Berlin"}},
            "MuteTargets":{"AlarmNames":["a","b"]},"Tags":[{"Key":"k","Value":"v"}],"StartDate":"2026-01-01T00:00:00Z","ExpireDate":"2027-01-01T00:00:00Z"}
            """;
        AlarmMuteRule rule = AlarmMuteRule.Parse(Json);

        Assert.Empty(rule.Validate());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Json), JsonNode.Parse(rule.ToJson())), rule.ToJson());
    }
}
