using System.Globalization;
using CloudObserve.Cli.Alarms.Scenarios;

namespace CloudObserve.Cli.Tests.Alarms;

/// <summary><c>cloudobserve alarm test</c>.</summary>
public sealed class AlarmTestCommandTests : IDisposable
{
    private const string Alarms = """
        "Alarms": {
          "payments": { "Namespace": "Shop", "MetricName": "PaymentErrors", "Statistic": "Sum", "Period": 60, "EvaluationPeriods": 3,
            "DatapointsToAlarm": 2, "Threshold": 5, "ComparisonOperator": "GreaterThanThreshold", "AlarmActions": [ "ops" ] },
          "slow": { "Namespace": "Shop", "MetricName": "Duration", "Dimensions": [ { "Name": "Region", "Value": "eu" } ],
            "ExtendedStatistic": "p90", "Period": 300, "EvaluationPeriods": 1, "Threshold": 1, "ComparisonOperator": "GreaterThanThreshold",
            "EvaluateLowSampleCountPercentile": "ignore" },
          "down": { "AlarmRule": "ALARM(payments) AND NOT ALARM(slow)" },
          "asleep": { "AlarmRule": "OK(down)" }
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudobserve-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Expectations_that_are_met_end_with_0()
    {
        CommandRun run = await RunAsync("""
            { "Name": "Payments fail for three minutes", "Start": "2026-03-01T10:00:00Z",
              "Series": [ { "Namespace": "Shop", "MetricName": "PaymentErrors", "Values": "0x3 10+5x2 0x5" } ],
              "Expect": [
                { "Minute": 0.5, "Alarm": "payments", "State": "INSUFFICIENT_DATA", "Reason": "Unchecked" },
                { "Minute": 4, "Alarm": "payments", "State": "OK" },
                { "Minute": 5, "Alarm": "payments", "State": "OK" },
                { "Minute": 6, "Alarm": "payments", "State": "ALARM",
                  "Reason": "2 out of the last 3 datapoints [15.0 (01/03/26 10:05:00), 10.0 (01/03/26 10:04:00)]" },
                { "Time": "2026-03-01T10:06:00Z", "Alarm": "down", "State": "ALARM",
                  "Reason": "payments transitioned to ALARM at Sunday 01 March, 2026 10:06:00 UTC" },
                { "Minute": 6, "Alarm": "asleep", "State": "OK" },
                { "Minute": 9, "Alarm": "payments", "State": "OK" },
                { "Minute": 9, "Alarm": "asleep", "State": "ALARM" } ] }
            """);

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Equal(
            [$"passed  {File}: Payments fail for three minutes (8 expectations)", "1 scenario: 1 passed, 0 failed"], run.Lines);
    }

    [Fact]
    public async Task An_expectation_that_is_not_met_ends_with_1_and_says_why()
    {
        CommandRun run = await RunAsync("""
            { "Name": "One bad minute", "Start": "2026-03-01T10:00:00Z",
              "Series": [ { "Namespace": "Shop", "MetricName": "PaymentErrors", "Values": "0 0 10 _ 0" },
                { "Namespace": "Shop", "MetricName": "Unwatched", "Values": "1" } ],
              "Expect": [ { "Minute": 5, "Alarm": "payments", "State": "ALARM" }, { "Minute": 5, "Alarm": "down", "State": "OK" },
                { "Minute": 5, "Alarm": "down", "State": "OK", "Reason": "transitioned" } ] }
            """, """
            { "Name": "Nothing", "Series": [], "Expect": [ { "Minute": 1, "Alarm": "slow", "State": "OK" } ] }
            """);

        Assert.Equal((1, ""), (run.Status, run.Error));
        Assert.Equal(
            $"""
            FAILED  {File}: One bad minute
              minute 5 (2026-03-01T10:05:00Z): alarm 'payments'
                expected: ALARM
                actual:   OK since minute 1: Threshold Crossed: 1 out of the last 3 datapoints [0.0 (01/03/26 10:00:00)] was not greater than the threshold (5.0) (minimum 2 datapoints for ALARM -> OK transition).
                3 of 3 datapoints are present in the 5 periods of the evaluation range, and 1 of them breach; fewer than 2 breaching datapoints mean OK.
                1 more datapoint must be greater than 5.0 for ALARM.
                2026-03-01T10:04:00Z: 0, not breaching
                2026-03-01T10:03:00Z: no data, missing
                2026-03-01T10:02:00Z: 10, breaching
                2026-03-01T10:01:00Z: 0, not breaching
                2026-03-01T10:00:00Z: 0, not used
              minute 5 (2026-03-01T10:05:00Z): alarm 'down'
                expected: OK with a reason that contains 'transitioned'
                actual:   OK since minute 0: arn:aws:cloudwatch:us-east-1:000000000000:alarm:down was created and its alarm rule evaluates to OK
                The rule is ALARM(payments) AND NOT ALARM(slow).
                'payments' is OK.
                'slow' is INSUFFICIENT_DATA.
                    note: no alarm of the expectations uses the series Shop/Unwatched
            FAILED  {File}: Nothing
              minute 1 (2026-01-01T00:01:00Z): alarm 'slow'
                expected: OK
                actual:   INSUFFICIENT_DATA since minute 0: Unchecked: Initial alarm creation
                The scenario has no series of the metric Shop/Duration Region=eu.
                The alarm is evaluated from 2026-01-01 00:05:00Z on, when its first period has ended.
            2 scenarios: 0 passed, 2 failed

            """.ReplaceLineEndings("\n"),
            run.Output);
    }

    [Fact]
    public async Task Samples_become_the_statistic_of_periods_that_slide_and_few_of_them_are_ignored()
    {
        CommandRun run = await RunAsync("""
            { "Name": "p90 of many and of few samples",
              "Series": [ { "Namespace": "Shop", "MetricName": "Duration", "Dimensions": [ { "Name": "Region", "Value": "eu" } ],
                "Samples": [ { "Minute": 2, "Value": 0.1, "Count": 85 }, { "Minute": 2.5, "Value": 3, "Count": 15 },
                  { "Minute": 7, "Value": 0.1, "Count": 200 }, { "Minute": 13, "Value": 9 } ] } ],
              "Expect": [ { "Minute": 5, "Alarm": "slow", "State": "ALARM" }, { "Minute": 7, "Alarm": "slow", "State": "ALARM" },
                { "Minute": 8, "Alarm": "slow", "State": "OK" }, { "Minute": 14, "Alarm": "slow", "State": "OK" } ] }
            """);

        Assert.Equal((0, ""), (run.Status, run.Error));
    }

    [Fact]
    public async Task Expressions_bands_settings_and_templates_are_tested_too()
    {
        await WriteAsync("appsettings.json", """
            { "CloudObserve": { "Monitoring": { "Alarms": {
              "ratio": { "Threshold": 10, "ComparisonOperator": "GreaterThanThreshold", "EvaluationPeriods": 1, "MinimumSampleCount": 1, "Metrics": [
                { "Id": "e1", "Expression": "100 * m1 / m2" },
                { "Id": "m1", "ReturnData": false, "MetricStat": { "Metric": { "Namespace": "Shop", "MetricName": "Errors" }, "Period": 60, "Stat": "Sum" } },
                { "Id": "m2", "ReturnData": false, "MetricStat": { "Metric": { "Namespace": "Shop", "MetricName": "Requests" }, "Period": 60, "Stat": "Sum" } } ] } } } } }
            """);
        await WriteAsync("template.json", """
            { "Resources": { "Odd": { "Type": "AWS::CloudWatch::Alarm", "Properties": { "EvaluationPeriods": 1, "ThresholdMetricId": "ad",
              "ComparisonOperator": "GreaterThanUpperThreshold", "Metrics": [
              { "Id": "m1", "MetricStat": { "Metric": { "Namespace": "Shop", "MetricName": "Orders" }, "Period": 60, "Stat": "Sum" } },
              { "Id": "ad", "Expression": "ANOMALY_DETECTION_BAND(m1, 3)" } ] } } } }
            """);
        CommandRun run = await RunFileAsync("""
            { "Settings": [ "appsettings.json" ], "Import": [ "template.json" ], "Scenarios": [ { "Name": "all",
              "Series": [ { "Namespace": "Shop", "MetricName": "Errors", "Values": "1 1 30" }, { "Namespace": "Shop", "MetricName": "Requests", "Values": "100x9" },
                { "Namespace": "Shop", "MetricName": "Orders", "Values": "100x500 900 100x10" } ],
              "Expect": [ { "Minute": 2, "Alarm": "ratio", "State": "OK" }, { "Minute": 3, "Alarm": "ratio", "State": "ALARM" },
                { "Minute": 500, "Alarm": "Odd", "State": "OK" }, { "Minute": 502, "Alarm": "Odd", "State": "ALARM" } ] } ] }
            """);

        Assert.Equal((0, ""), (run.Status, run.Error));
    }

    [Theory]
    [InlineData("{", "'FILE' is not a file of alarm tests:\nThe input is not valid JSON: line 1, byte 2: ")]
    [InlineData("{}", "'FILE' is not a file of alarm tests:\nScenarios must have at least one scenario.")]
    [InlineData("""{"Scenarios":[{"Name":"n","Sries":[],"Expect":[{"Minute":1,"Alarm":"a","State":"Alarm"}]}]}""",
        "State of an expectation must be one of ALARM, OK and INSUFFICIENT_DATA, not 'Alarm'.",
        "Unknown parameter in Scenarios[0]: \"Sries\"")]
    [InlineData("""{"Scenarios":[{"Name":"n","Series":[{"Namespace":"S","MetricName":"M","Values":"1 2y"}],"Expect":[{"Alarm":"a","State":"OK"}]}]}""",
        "Values of the series M: '2y' must be a number such as 12.5", "must have either a Minute from 0 to 10000000, or a Time")]
    [InlineData("""{"Scenarios":[{"Name":"n","Expect":[{"Minute":1,"Alarm":"gone","State":"OK"}]}]}""",
        "The scenario 'n' expects a state of 'gone', but there is no such alarm.")]
    [InlineData("""{"Alarms":{"a":{"Period":"x"}},"Scenarios":[{"Name":"n","Expect":[{"Minute":1,"Alarm":"a","State":"OK"}]}]}""",
        "the alarms of 'FILE' are invalid:\nAlarms:a: Period must be a number, not \"x\".")]
    [InlineData("""{"Alarms":{"a":{}},"Scenarios":[{"Name":"n","Expect":[{"Minute":1,"Alarm":"a","State":"OK"}]}]}""",
        "The alarm 'a': MetricName must not be null", "The alarm 'a': EvaluationPeriods must not be null")]
    [InlineData("""{"Settings":["gone.json"],"Scenarios":[{"Name":"n","Expect":[{"Minute":1,"Alarm":"a","State":"OK"}]}]}""", "there is no file '")]
    public async Task A_file_that_is_invalid_ends_with_2_and_its_faults(string text, params string[] messages)
    {
        CommandRun run = await RunFileAsync(text);

        Assert.Equal((2, "0 scenarios: 0 passed, 0 failed\n"), (run.Status, run.Output));
        Assert.All(messages, message => Assert.Contains(
            message.Replace("FILE", File, StringComparison.Ordinal), run.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_alarm_that_cannot_be_evaluated_on_samples_is_named()
    {
        CommandRun run = await RunFileAsync("""
            { "Alarms": { "busiest": { "Threshold": 1, "ComparisonOperator": "GreaterThanThreshold", "EvaluationPeriods": 1, "Metrics": [
              { "Id": "q1", "Period": 60, "Expression": "SELECT MAX(Orders) FROM Shop" } ] } },
              "Scenarios": [ { "Name": "n", "Expect": [ { "Minute": 1, "Alarm": "busiest", "State": "OK" } ] } ] }
            """);

        Assert.Equal(2, run.Status);
        Assert.Contains("the scenario 'n' cannot evaluate the alarm 'busiest': ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_of_minutes_takes_well_under_a_second()
    {
        await WriteAsync("day.json", $$"""
            { {{Alarms}}, "Scenarios": [ { "Name": "day",
              "Series": [ { "Namespace": "Shop", "MetricName": "PaymentErrors", "Values": "0x1400 9x5 0x40" },
                { "Namespace": "Shop", "MetricName": "Duration", "Dimensions": [ { "Name": "Region", "Value": "eu" } ], "Values": "0.1x1445" } ],
              "Expect": [ { "Minute": 1440, "Alarm": "payments", "State": "OK" }, { "Minute": 1405, "Alarm": "down", "State": "ALARM" } ] } ] }
            """);
        string file = Path.Combine(_folder.FullName, "day.json");
        _ = await CommandRun.Of("alarm", "test", file);

        CommandRun run = await CommandRun.Of("alarm", "test", file);

        Assert.Equal((0, ""), (run.Status, run.Error));
    }

    [Theory]
    [InlineData("0x5", "0 0 0 0 0 0")]
    [InlineData("1 2 _ _ 10+5x3", "1 2 _ _ 10 15 20 25")]
    [InlineData("-2+4x3 1.5-0.5x2 _x2 1e-3", "-2 2 6 10 1.5 1 0.5 _ _ 0.001")]
    [InlineData(" \t\n", "")]
    public void The_notation_is_that_of_promtool(string text, string expected) => Assert.Equal(
        expected,
        string.Join(' ', CompactValues.Parse(text).Select(static value => value?.ToString(CultureInfo.InvariantCulture) ?? "_")));

    [Theory]
    [InlineData("1+2")]
    [InlineData("x5")]
    [InlineData("1x")]
    [InlineData("1x-2")]
    [InlineData("_+1x2")]
    [InlineData("NaN")]
    [InlineData("1e999")]
    [InlineData("1x99999999999999999999")]
    [InlineData("1x999999 1x2")]
    public void Another_notation_is_refused(string text) => Assert.Throws<FormatException>(() => CompactValues.Parse(text));

    private string File => Path.Combine(_folder.FullName, "shop.test.json");

    private Task<CommandRun> RunAsync(params string[] scenarios) =>
        RunFileAsync($$"""{ {{Alarms}}, "Scenarios": [ {{string.Join(',', scenarios)}} ] }""");

    private async Task<CommandRun> RunFileAsync(string text)
    {
        await WriteAsync("shop.test.json", text);
        return await CommandRun.Of("alarm", "test", File);
    }

    private Task WriteAsync(string name, string text) => System.IO.File.WriteAllTextAsync(Path.Combine(_folder.FullName, name), text);
}
