using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace CloudObserve.Cli.Tests.Alarms;

/// <summary><c>cloudobserve alarm backtest</c>.</summary>
public sealed class AlarmBacktestCommandTests : IDisposable
{
    private const string Slow = """
        {"AlarmName":"slow","Namespace":"Shop","MetricName":"Latency","Statistic":"Average","Period":60,"EvaluationPeriods":3,
        "DatapointsToAlarm":2,"Threshold":50,"ComparisonOperator":"GreaterThanThreshold","TreatMissingData":"missing"}
        """;

    private const string Ratio = """
        {"AlarmName":"ratio","ComparisonOperator":"GreaterThanThreshold","Threshold":25,"EvaluationPeriods":1,"Metrics":[
        {"Id":"e1","Expression":"100 * m1 / m2"},
        {"Id":"m1","MetricStat":{"Metric":{"Namespace":"Shop","MetricName":"Errors"},"Period":60,"Stat":"Sum"},"ReturnData":false},
        {"Id":"m2","MetricStat":{"Metric":{"Namespace":"Shop","MetricName":"Requests"},"Period":60,"Stat":"Sum"},"ReturnData":false}]}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudobserve-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Each_change_of_the_state_is_a_line()
    {
        CommandRun run = await RunAsync(
            Slow, "timestamp,value\n2026-03-01T10:00:00Z,10\n2026-03-01T10:01:00Z,90\n2026-03-01T10:02:00Z,90\n2026-03-01T10:05:00Z,10\n");

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Equal(
            [
                """{"time":"2026-03-01T10:01:00Z","from":"INSUFFICIENT_DATA","to":"OK","reason":"Threshold Crossed: 1 out of the last 3 datapoints [10.0 (01/03/26 10:00:00)] was not greater than the threshold (50.0) (minimum 2 datapoints for ALARM -> OK transition)."}""",
                """{"time":"2026-03-01T10:03:00Z","from":"OK","to":"ALARM","reason":"Threshold Crossed: 2 out of the last 3 datapoints [90.0 (01/03/26 10:02:00), 90.0 (01/03/26 10:01:00)] were greater than the threshold (50.0) (minimum 2 datapoints for OK -> ALARM transition)."}""",
            ],
            run.Lines);
    }

    [Fact]
    public async Task Every_evaluation_is_a_line_from_the_end_of_the_first_period_to_that_of_the_last()
    {
        CommandRun run = await RunAsync(Slow, "1772359200,10\n1772359260,90\n1772359320,90\n1772359500,10\n", "--every");

        Assert.Equal(0, run.Status);
        Assert.Equal(
            [
                """{"time":"2026-03-01T10:01:00Z","state":"OK"}""",
                """{"time":"2026-03-01T10:02:00Z","state":"OK"}""",
                """{"time":"2026-03-01T10:03:00Z","state":"ALARM"}""",
                """{"time":"2026-03-01T10:04:00Z","state":"ALARM"}""",
                """{"time":"2026-03-01T10:05:00Z","state":"ALARM"}""",
                """{"time":"2026-03-01T10:06:00Z","state":"ALARM"}""",
            ],
            run.Lines);
    }

    [Fact]
    public async Task A_period_of_ten_seconds_is_evaluated_every_ten_seconds()
    {
        CommandRun run = await RunAsync(
            Slow.Replace("60", "10", StringComparison.Ordinal), "2026-03-01T10:00:00Z,90\n2026-03-01T10:00:20Z,90\n", "--every");

        Assert.Equal(
            ["INSUFFICIENT_DATA", "ALARM", "ALARM"],
            run.Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("state").GetString()!));
    }

    [Fact]
    public async Task A_day_of_minutes_without_order_from_a_compressed_file_is_evaluated_in_order()
    {
        DateTime start = new(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);
        string[] rows = [
            .. Enumerable.Range(0, 1440)
                .Select(i => $"{start.AddMinutes(i):yyyy-MM-ddTHH:mm:ssZ},{(i % 100 < 5 ? 90 : 10).ToString(CultureInfo.InvariantCulture)}")];
        new Random(1).Shuffle(rows);
        string data = Path.Combine(_folder.FullName, "day.csv.gz");
        await using (GZipStream gzip = new(File.Create(data), CompressionLevel.Fastest))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(string.Join('\n', rows)));
        }

        CommandRun run = await CommandRun.Of("alarm", "backtest", "--definition", await FileAsync("a.json", Slow), "--data", data);

        Assert.Equal((0, 2 * 15), (run.Status, run.Lines.Length));
        Assert.Equal(run.Lines.Select(TimeOf).Order(StringComparer.Ordinal), run.Lines.Select(TimeOf));
    }

    [Fact]
    public async Task What_PutMetricAlarm_refuses_ends_with_2_and_its_text()
    {
        CommandRun run = await RunAsync(
            Slow.Replace("\"Period\":60", "\"Period\":45", StringComparison.Ordinal).Replace("Average", "p99", StringComparison.Ordinal),
            "1,1\n");

        Assert.Equal((2, ""), (run.Status, run.Output));
        Assert.Contains("Period must be 10, 20, 30 or a multiple of 60", run.Error, StringComparison.Ordinal);
        Assert.Contains("Value 'p99' at 'statistic' failed to satisfy constraint", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n  \"x\": }", "1,1", "alarm.json' is not the input of PutMetricAlarm:\nThe input is not valid JSON: line 2, byte 8: '}' is an invalid start")]
    [InlineData("[]", "1,1", "The input must be a JSON object, not a list.")]
    [InlineData(Slow, "", "has no rows")]
    [InlineData(Slow, "2026-03-01T10:00:00Z,x", "line 1")]
    [InlineData(Slow, "2026-03-01T10:00:00Z,1\n2026-03-01T10:00:30Z,2", "line 2: the timestamp 2026-03-01T10:00:30Z is in the same period of 60 seconds as line 1; a period has one row")]
    [InlineData(Slow, "0,1\n4000000000,1", "but a backtest has at most 10000000")]
    [InlineData(Slow, "9999-12-31T23:59:00Z,1", "ends before the year 10000")]
    public async Task A_fault_ends_with_2_and_a_message(string definition, string data, string message)
    {
        CommandRun run = await RunAsync(definition, data);

        Assert.Equal((2, ""), (run.Status, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expression_is_computed_of_the_files_of_its_metrics()
    {
        string definition = await FileAsync("ratio.json", Ratio);
        string errors = await FileAsync("errors.csv", "0,1\n60,30\n");
        string requests = await FileAsync("requests.csv", "0,100\n60,100\n120,100\n");

        CommandRun run = await CommandRun.Of(
            "alarm", "backtest", "--definition", definition, "--data", $"m1={errors}", "--data", $"m2={requests}", "--every");
        CommandRun missing = await CommandRun.Of("alarm", "backtest", "--definition", definition, "--data", $"m1={errors}");

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Equal(
            ["OK", "ALARM", "OK"], run.Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("state").GetString()!));
        Assert.Equal(2, missing.Status);
        Assert.Contains("must be given once: --data m1=FILE --data m2=FILE", missing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alarm_on_a_band_compares_with_what_was_expected_before_each_value()
    {
        const string Band = """
            {"AlarmName":"band","ComparisonOperator":"GreaterThanUpperThreshold","EvaluationPeriods":1,"ThresholdMetricId":"ad1","Metrics":[
            {"Id":"m1","MetricStat":{"Metric":{"Namespace":"Shop","MetricName":"Orders"},"Period":60,"Stat":"Sum"}},
            {"Id":"ad1","Expression":"ANOMALY_DETECTION_BAND(m1, 2)"}]}
            """;

        string rows = string.Concat(Enumerable.Range(0, 600).Select(i => $"{i * 60},{(i == 500 ? 900 : 100 + (i % 7))}\n"));
        CommandRun run = await RunAsync(Band, rows);

        Assert.Equal((0, ""), (run.Status, run.Error));
        const string Spike =
            """{"time":"1970-01-01T08:21:00Z","from":"OK","to":"ALARM","reason":"Thresholds Crossed: 1 datapoint [900.0 (""";
        Assert.Contains(run.Lines, line => line.StartsWith(Spike, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_does_not_exist_is_named()
    {
        CommandRun run = await CommandRun.Of("alarm", "backtest", "--definition", "gone.json", "--data", "gone.csv");

        Assert.Equal((2, "cloudobserve: there is no file 'gone.json'\n"), (run.Status, run.Error));
    }

    private static string TimeOf(string line) => JsonDocument.Parse(line).RootElement.GetProperty("time").GetString()!;

    private async Task<CommandRun> RunAsync(string definition, string data, params string[] options) => await CommandRun.Of(
        ["alarm", "backtest", "--definition", await FileAsync("alarm.json", definition), "--data", await FileAsync("data.csv", data),
            .. options]);

    private async Task<string> FileAsync(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        await File.WriteAllTextAsync(path, text);
        return path;
    }
}
