using System.Text.Json.Nodes;

namespace CloudObserve.Cli.Tests.Costs;

public sealed class CostCommandTests : IDisposable
{
    private const string Report =
        """report: {"app":{"orders":3,"published":{"OrdersPlaced":{"count":3,"sum":3,"series":[{"rollUp":false},{"rollUp":true}]},"CartSize":{"series":[{}]}}},"logs":{"delivered":1000}}""";

    private const string ReportOfUsage =
        """report: {"app":{"usage":{"seconds":73,"series":2000,"logEvents":9,"logBytes":1000000}},"logs":{"delivered":9}}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudobserve-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 0.30)]
    [InlineData("10000", 3000)]
    [InlineData("10001", 3000.10)]
    [InlineData("250000", 27000)]
    [InlineData("1000000", 64500)]
    [InlineData("1000100", 64502)]
    public async Task Each_series_costs_what_its_tier_says(string series, decimal cost) =>
        Assert.Equal(cost, (await LineAsync("customMetric", "--series", series)).Cost);

    [Theory]
    [InlineData(43_800, "--series", "400")]
    [InlineData(43_800, "--series", "1000")]
    [InlineData(87_600, "--series", "1001")]
    [InlineData(525_600, "--series", "1000", "--publish-interval", "5s")]
    [InlineData(131_400, "--series", "400", "--instances", "3")]
    [InlineData(131_400, "--series", "400", "--requests-per-minute", "3")]
    public async Task Requests_follow_from_series_interval_and_processes(decimal requests, params string[] args) =>
        Assert.Equal((requests, requests / 100_000), Rounded(await LineAsync("putMetricData", args)));

    [Theory]
    [InlineData("logIngestionStandard", 100, 50, "--log-gb", "100")]
    [InlineData("logIngestionInfrequentAccess", 100, 25, "--log-gb", "100", "--log-class", "infrequent-access")]
    [InlineData("logStorage", 100, 3, "--log-gb", "100")]
    [InlineData("logStorage", 1200, 36, "--log-gb", "100", "--retention-days", "365")]
    public async Task Logs_are_paid_when_they_come_in_and_while_they_are_kept(
        string item, decimal gigabytes, decimal cost, params string[] args) =>
        Assert.Equal((gigabytes, cost), Rounded(await LineAsync(item, args)));

    [Fact]
    public async Task The_captured_usage_of_a_run_is_the_whole_month()
    {
        JsonNode estimate = await EstimateAsync(On($"noise\n{ReportOfUsage}\n"), "--report", "-");

        // 730 hours are 36,000 times 73 seconds.
        Assert.Equal((2000, "measured"), (Line(estimate, "customMetric").Quantity, Line(estimate, "customMetric").Origin));
        Assert.Equal((36, "measured"), (Line(estimate, "logIngestionStandard").Quantity, Line(estimate, "logIngestionStandard").Origin));
        Assert.Equal((87_600, "estimated"), (Line(estimate, "putMetricData").Quantity, Line(estimate, "putMetricData").Origin));
    }

    [Fact]
    public async Task Of_a_report_without_usage_series_are_counted_and_events_are_estimated()
    {
        JsonNode estimate = await EstimateAsync(On(Report), "--report", "-", "--over", "73s", "--event-bytes", "500");

        Assert.Equal((3, "measured"), (Line(estimate, "customMetric").Quantity, Line(estimate, "customMetric").Origin));
        Assert.Equal((18, "estimated"), (Line(estimate, "logIngestionStandard").Quantity, Line(estimate, "logIngestionStandard").Origin));
    }

    [Fact]
    public async Task Two_looks_at_a_running_process_tell_what_it_ships_in_a_month()
    {
        string earlier = await FileAsync("earlier.json", Status("2026-11-20T12:00:00+00:00", 5_000));
        string later = await FileAsync("later.json", Status("2026-11-20T12:01:13+00:00", 6_000));

        JsonNode estimate = await EstimateAsync(On(""), "--report", later, "--since", earlier, "--event-bytes", "500");

        Assert.Equal((240, "measured"), (Line(estimate, "customMetric").Quantity, Line(estimate, "customMetric").Origin));
        Assert.Equal((18, "estimated"), (Line(estimate, "logIngestionStandard").Quantity, Line(estimate, "logIngestionStandard").Origin));
    }

    [Fact]
    public async Task Looks_at_two_processes_or_in_the_wrong_order_are_refused()
    {
        string earlier = await FileAsync("earlier.json", Status("2026-11-20T12:00:00+00:00", 5_000));
        string restarted = await FileAsync("restarted.json", Status("2026-11-20T12:01:13+00:00", 10));

        foreach (string later in new[] { restarted, earlier })
        {
            CommandRun run = await CommandRun.Of("cost", "--report", later, "--since", earlier);
            Assert.Equal((2, ""), (run.Status, run.Output));
            Assert.Contains("--since must be an earlier status of the same process", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_given_goes_before_what_was_captured()
    {
        JsonNode estimate = await EstimateAsync(On(ReportOfUsage), "--report", "-", "--series", "5", "--log-gb", "1");

        Assert.Equal((5, "given"), (Line(estimate, "customMetric").Quantity, Line(estimate, "customMetric").Origin));
        Assert.Equal((1, "given"), (Line(estimate, "logIngestionStandard").Quantity, Line(estimate, "logIngestionStandard").Origin));
    }

    [Fact]
    public async Task What_is_free_is_taken_off_and_never_more_than_there_is()
    {
        JsonNode estimate = await EstimateAsync(On(""), "--series", "110", "--log-gb", "3", "--free-tier");

        Assert.Equal((110, 30), (Line(estimate, "customMetric").Quantity, Line(estimate, "customMetric").Cost));
        Assert.Equal(30, estimate["total"]!.GetValue<decimal>());
    }

    [Fact]
    public async Task The_total_is_the_sum_of_the_lines()
    {
        JsonNode estimate = await EstimateAsync(On(""), "--series", "123", "--log-gb", "4.5", "--retention-days", "90");

        Assert.Equal(estimate["total"]!.GetValue<decimal>(), estimate["lines"]!.AsArray().Sum(l => l!["cost"]!.GetValue<decimal>()), 3);
    }

    [Fact]
    public async Task The_list_of_prices_can_be_printed_edited_and_used()
    {
        CommandRun printed = await CommandRun.Of("cost", "--print-prices");
        string mine = await FileAsync("mine.json", printed.Output.Replace("0.30", "0.60", StringComparison.Ordinal));

        Assert.Equal(0.6m, (await LineAsync("customMetric", "--series", "1", "--prices", mine)).Cost);
    }

    [Fact]
    public async Task Every_price_that_the_tool_brings_says_where_and_when_it_was_found()
    {
        JsonNode prices = JsonNode.Parse((await CommandRun.Of("cost", "--print-prices")).Output)!["prices"]!;

        Assert.NotEmpty(prices.AsObject());
        Assert.All(prices.AsObject(), p => Assert.Contains("https://", p.Value!["source"]!.GetValue<string>(), StringComparison.Ordinal));
        Assert.All(prices.AsObject(), p => Assert.Matches(@"^\d{4}-\d\d$", p.Value!["date"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("\"customMetric\"", "\"customMetrics\"", "'customMetric' is missing")]
    [InlineData("\"upTo\": 250000", "\"upTo\": 9000", "'customMetric' must have tiers whose 'upTo' rises")]
    [InlineData("\"upTo\": 250000", "\"to\": 9000", "'customMetric' must have 'upTo' in every tier but the last")]
    [InlineData("\"price\": 0.03", "\"price\": -0.03", "'logStorage' has a price below 0")]
    [InlineData("{ \"price\": 0.03 }", "", "'logStorage' has no tiers")]
    [InlineData("\"currency\": \"USD\",", "", "is not a price list")]
    [InlineData("\"prices\": {", "\"prices\": [", "is not a price list")]
    public async Task A_list_of_prices_that_makes_no_sense_is_refused(string text, string instead, string fault)
    {
        string broken = await FileAsync(
            "broken.json", (await CommandRun.Of("cost", "--print-prices")).Output.Replace(text, instead, StringComparison.Ordinal));

        CommandRun run = await CommandRun.Of("cost", "--series", "1", "--prices", broken);

        Assert.Equal((2, ""), (run.Status, run.Output));
        Assert.Contains(fault, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "there is nothing to estimate")]
    [InlineData("", "--series must not be below 0, but is -1", "--series", "-1")]
    [InlineData("", "--publish-interval must be a time such as 30s, 5m or 2h, not '0s'", "--series", "1", "--publish-interval", "0s")]
    [InlineData("", "--over must be a time such as 30s, 5m or 2h, not 'long'", "--report", "-", "--over", "long")]
    [InlineData("nothing to see", "standard input has no line with a JSON object after 'report: '", "--report", "-")]
    [InlineData("report: {\"app\":{}", "standard input has no line with a JSON object after 'report: '", "--report", "-")]
    [InlineData(Report, "the report does not contain the duration of the run: set --over", "--report", "-")]
    [InlineData("", "gone.txt", "--report", "gone.txt")]
    [InlineData("", "gone.json", "--series", "1", "--prices", "gone.json")]
    [InlineData("", "--retention-days must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, ", "--log-gb", "1", "--retention-days", "31")]
    [InlineData("", "3653, not 0; omit it to keep events forever", "--log-gb", "1", "--retention-days", "0")]
    [InlineData("", "'dear'", "--log-gb", "1", "--log-class", "dear")]
    public async Task A_question_that_cannot_be_answered_ends_with_2(string input, string message, params string[] args)
    {
        CommandRun run = await CommandRun.On(input, ["cost", .. args]);

        Assert.Equal((2, ""), (run.Status, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("customMetric", " 1 metric  ", "--series", "1")]
    [InlineData("customMetric", " 3 metrics ", "--series", "3")]
    [InlineData("putMetricData", " 43,800 requests ", "--series", "3")]
    [InlineData("logIngestionStandard", " 2 GB ", "--log-gb", "2")]
    [InlineData("logStorage", " 1 GB-month  ", "--log-gb", "1")]
    [InlineData("logStorage", " 2 GB-months ", "--log-gb", "2")]
    public async Task A_quantity_is_followed_by_the_fitting_form_of_its_unit(string item, string quantity, params string[] args)
    {
        CommandRun run = await CommandRun.Of(["cost", .. args]);

        Assert.Contains(quantity, Assert.Single(run.Lines, l => l.StartsWith(item, StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static string Status(string time, int delivered) =>
        $$"""{ "time": "{{time}}", "series": 240, "signals": [ { "signal": "metrics", "delivered": 7 }, { "signal": "logs", "accepted": 9000, "delivered": {{delivered}} } ] }""";

    private async Task<string> FileAsync(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        await File.WriteAllTextAsync(path, text);
        return path;
    }

    private static Func<string[], Task<CommandRun>> On(string input) => args => CommandRun.On(input, args);

    private static async Task<JsonNode> EstimateAsync(Func<string[], Task<CommandRun>> run, params string[] args)
    {
        CommandRun estimate = await run(["cost", "--json", .. args]);
        Assert.Equal((0, ""), (estimate.Status, estimate.Error));
        return JsonNode.Parse(estimate.Output)!;
    }

    private static async Task<(decimal Quantity, decimal Cost, string Origin)> LineAsync(string item, params string[] args) =>
        Line(await EstimateAsync(On(""), args), item);

    private static (decimal Quantity, decimal Cost, string Origin) Line(JsonNode estimate, string item)
    {
        JsonNode line = Assert.Single(estimate["lines"]!.AsArray(), l => l!["item"]!.GetValue<string>() == item)!;
        return (line["quantity"]!.GetValue<decimal>(), line["cost"]!.GetValue<decimal>(), line["origin"]!.GetValue<string>());
    }

    private static (decimal Quantity, decimal Cost) Rounded((decimal Quantity, decimal Cost, string Origin) line) =>
        (line.Quantity, line.Cost);

    [Theory]
    [InlineData("{}", "it misses required properties")]
    [InlineData("""{"currency":"USD","region":"r","date":"d","prices":{"customMetric":{}}}""", "a price misses required properties")]
    [InlineData("""{"currency":"USD","region":"r","date":"d","prices":{"customMetric":{"unit":"u","tiers":[{}]}}}""",
        "a tier of a price misses required properties")]
    [InlineData("""{"currency":"USD","region":"r","date":"d","prices":{"customMetric":{"unit":"u","tiers":[{"price":"much"}]}}}""",
        "the value at $.prices.customMetric.tiers[0].price in line 1 has the wrong type")]
    public async Task A_price_list_with_missing_members_is_refused_without_names_of_types(string prices, string message)
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, prices);
        CommandRun run = await CommandRun.Of("cost", "--prices", file, "--series", "1");
        File.Delete(file);

        Assert.Equal((2, ""), (run.Status, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("CloudObserve.Cli", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", run.Error, StringComparison.Ordinal);
    }
}
