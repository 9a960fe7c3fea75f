namespace CloudObserve.Monitoring.Tests.Alarms;

/// <summary>Backtests.</summary>
public sealed class AlarmBacktestTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_backtest_returns_the_changes_with_their_reasons()
    {
        AlarmDatapoint[] datapoints = [Value(0, 10), Value(1, 90), Value(2, 90), Value(3, 90), Value(4, 10)];

        IReadOnlyList<AlarmTransition> transitions = AlarmBacktest.Run(
            TestAlarms.Of(3), datapoints, Start.AddMinutes(1), Start.AddMinutes(5));

        Assert.Equal(
            [
                (Start.AddMinutes(1), AlarmState.InsufficientData, AlarmState.Ok),
                (Start.AddMinutes(4), AlarmState.Ok, AlarmState.Alarm),
                (Start.AddMinutes(5), AlarmState.Alarm, AlarmState.Ok),
            ],
            transitions.Select(t => (t.Time, t.From, t.To)));
        Assert.Equal(
            "Threshold Crossed: 3 datapoints [90.0 (01/03/26 10:03:00), 90.0 (01/03/26 10:02:00), 90.0 (01/03/26 10:01:00)] were greater "
                + "than the threshold (50.0).",
            transitions[1].Reason);
        Assert.Contains("\"queryDate\":\"2026-03-01T10:04:00.000+0000\"", transitions[1].ReasonData, StringComparison.Ordinal);
    }

    [Fact]
    public void Datapoints_come_in_any_order_and_belong_to_the_period_that_they_are_in()
    {
        AlarmDatapoint[] datapoints = [Value(1, 90), new(Start.AddSeconds(-30), 90), new(Start.AddSeconds(42), 90)];

        AlarmBacktestStep[] steps = [.. AlarmBacktest.Evaluate(TestAlarms.Of(3), datapoints, Start, Start.AddMinutes(2))];

        Assert.Equal([Start, Start.AddMinutes(1), Start.AddMinutes(2)], steps.Select(s => s.Time));
        Assert.Equal([AlarmState.InsufficientData, AlarmState.InsufficientData, AlarmState.Alarm], steps.Select(s => s.State));
        Assert.Contains(
            "[90.0 (01/03/26 10:01:00), 90.0 (01/03/26 10:00:00), 90.0 (01/03/26 09:59:00)]",
            steps[2].Transition!.Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Datapoints_before_the_first_evaluation_are_seen_by_it()
    {
        AlarmDatapoint[] datapoints = [Value(-3, 90), Value(-2, 90), Value(-1, 90)];

        AlarmTransition transition = Assert.Single(AlarmBacktest.Run(TestAlarms.Of(3), datapoints, Start, Start));

        Assert.Equal((AlarmState.InsufficientData, AlarmState.Alarm), (transition.From, transition.To));
    }

    [Fact]
    public void Two_datapoints_of_one_period_are_refused() => Assert.Contains(
        "The period of 60 seconds at 2026-03-01 10:00:30Z has two datapoints.",
        Assert.Throws<ArgumentException>(
            () => AlarmBacktest.Evaluate(TestAlarms.Of(1), [Value(0, 1), new(Start.AddSeconds(30), 2)], Start, Start)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void An_invalid_definition_is_refused_with_its_faults() => Assert.Contains(
        "DatapointsToAlarm must be less than or equal to EvaluationPeriods",
        Assert.Throws<ArgumentException>(() => AlarmBacktest.Run(TestAlarms.Of(1, 2), [], Start, Start)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_backtest_ends_at_the_ends_of_time()
    {
        DateTimeOffset end = DateTimeOffset.MaxValue.AddSeconds(-90);

        Assert.Equal(2, AlarmBacktest.Evaluate(TestAlarms.Of(1), [], end, DateTimeOffset.MaxValue).Count());
        Assert.Equal(
            2, AlarmBacktest.Evaluate(TestAlarms.Of(1), [], DateTimeOffset.MinValue, DateTimeOffset.MinValue.AddMinutes(1)).Count());
    }

    [Fact]
    public void An_expression_is_computed_of_the_values_of_its_metrics()
    {
        AlarmDefinition ratio = Math("100 * errors / requests");
        // Metric math takes a missing datapoint for 0 if another series has one.
        var metrics = Metrics(("errors", [1, 2, 30, null, 5]), ("requests", [100, 100, 100, 100, 10]));

        AlarmBacktestStep[] steps = [.. AlarmBacktest.Evaluate(ratio, metrics, Start.AddMinutes(1), Start.AddMinutes(5))];

        Assert.Equal(
            [AlarmState.Ok, AlarmState.Ok, AlarmState.Alarm, AlarmState.Ok, AlarmState.Alarm],
            steps.Select(step => step.State));
        Assert.Contains("[30.0 (01/03/26 10:02:00)]", steps[2].Transition!.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("statistic", steps[2].Transition!.ReasonData, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RUNNING_SUM(errors)", "OOOOAAA")]
    [InlineData("FILL(errors, REPEAT)", "OOOOOOO")]
    [InlineData("FIRST(REMOVE_EMPTY(METRICS()))", "OOOOOOO")]
    [InlineData("TIME_SERIES(100)", "AAAAAAA")]
    [InlineData("errors / 0", "IIIIIII")]
    public void An_expression_sees_the_periods_that_an_evaluation_reads(string expression, string states)
    {
        // The evaluation range has three periods, so a running sum has three values at most.
        var metrics = Metrics(("errors", [8, 8, 8, 9, 9, 9, 9]), ("requests", [1, 1, 1, 1, 1, 1, 1]));

        IEnumerable<AlarmBacktestStep> steps = AlarmBacktest.Evaluate(Math(expression), metrics, Start.AddMinutes(1), Start.AddMinutes(7));

        Assert.Equal(
            states, string.Concat(steps.Select(step => step.State switch { AlarmState.Ok => 'O', AlarmState.Alarm => 'A', _ => 'I' })));
    }

    [Fact]
    public void A_band_is_that_which_was_expected_before_each_datapoint()
    {
        AlarmDefinition band = TestAlarms.Band("LessThanLowerOrGreaterThanUpperThreshold") with { EvaluationPeriods = 1 };
        AlarmDatapoint[] datapoints = [.. Enumerable.Range(0, 600).Select(i => Value(i, i == 500 ? 900 : 100 + (i % 7)))];

        AlarmBacktestStep[] steps = [.. AlarmBacktest.Evaluate(band, datapoints, Start.AddMinutes(1), Start.AddMinutes(600))];

        // A detector has no band for the first three hours.
        Assert.All(steps.Take(180), step => Assert.Equal(AlarmState.InsufficientData, step.State));
        Assert.Equal([AlarmState.Ok, AlarmState.Alarm, AlarmState.Ok], steps[499..502].Select(step => step.State));
        Assert.StartsWith(
            "Thresholds Crossed: 1 out of the last 1 datapoints [900.0 (", steps[500].Transition!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_band_of_another_series_is_refused()
    {
        AlarmDefinition band = TestAlarms.Band("GreaterThanUpperThreshold");
        AlarmDefinition other = band with
        {
            Metrics =
            [
                .. band.Metrics.Where(query => query.Id != "ad1"),
                new() { Id = "ad1", Expression = "ANOMALY_DETECTION_BAND(m1 * 2, 3)" },
            ],
        };

        Assert.Contains(
            "must be ANOMALY_DETECTION_BAND of the series that the alarm watches",
            Assert.Throws<ArgumentException>(() => AlarmBacktest.Evaluate(other, [Value(0, 1)], Start, Start)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_metric_without_values_is_named() => Assert.Contains(
        "There are no values of requests.",
        Assert.Throws<ArgumentException>(
            () => AlarmBacktest.Evaluate(Math("errors / requests"), Metrics(("errors", [1])), Start, Start)).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("errors +", "Error in expression 'e1' at position 8")]
    [InlineData("errors / request", "there is no metric and no expression with the id 'request'")]
    [InlineData("AVG(errors)", "the result is a scalar")]
    public void An_expression_that_cannot_be_evaluated_is_a_fault_of_the_definition(string expression, string fault) =>
        Assert.Contains(fault, Assert.Single(Math(expression).Validate()), StringComparison.Ordinal);

    [Theory]
    [InlineData("There are no values of requests", "errors / requests", "errors")]
    [InlineData("needs stored metrics", "SELECT MAX(Errors) FROM Shop", "errors")]
    [InlineData("There are no values of a metric of the alarm", "TIME_SERIES(3)", "none")]
    public void An_expression_that_a_backtest_cannot_compute_is_refused_at_once(string fault, string expression, string given) =>
        Assert.Contains(
            fault,
            Assert.Throws<ArgumentException>(() => AlarmBacktest.Evaluate(
                Math(expression), Metrics((given, [1]), ("other", [1])), Start, Start)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Values_of_other_series_are_not_used()
    {
        Dictionary<string, IReadOnlyCollection<AlarmDatapoint>> metrics =
            Metrics(("errors", [50]), ("requests", [1]), ("e1", [0]), ("other", [1]));

        DateTimeOffset end = Start.AddMinutes(1);
        Assert.Equal(AlarmState.Alarm, Assert.Single(AlarmBacktest.Evaluate(Math("errors / requests"), metrics, end, end)).State);
    }

    [Fact]
    public void A_plain_metric_alarm_has_no_expression_to_compute() => Assert.Throws<ArgumentException>(
        () => AlarmBacktest.Evaluate(TestAlarms.Of(1), Metrics(("errors", [1])), Start, Start));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_number_that_is_not_finite_is_refused_at_once(double number)
    {
        AlarmDatapoint[] refused =
        [
            new(Start, number), new(Start, 1) { SampleCount = number }, new(Start, 1) { LowerThreshold = number },
            new(Start, 1) { UpperThreshold = number },
        ];

        Assert.All(refused, datapoint => Assert.Contains(
            "is not finite",
            Assert.Throws<ArgumentException>(() => AlarmBacktest.Evaluate(TestAlarms.Of(1), [datapoint], Start, Start)).Message,
            StringComparison.Ordinal));
    }

    private static AlarmDefinition Math(string expression) => AlarmDefinition.Parse($$$"""
        {"AlarmName":"ratio","ComparisonOperator":"GreaterThanThreshold","Threshold":25,"EvaluationPeriods":1,"Metrics":[
        {"Id":"e1","Expression":"{{{expression}}}","Period":60},
        {"Id":"errors","MetricStat":{"Metric":{"Namespace":"Shop","MetricName":"Errors"},"Period":60,"Stat":"Sum"},"ReturnData":false},
        {"Id":"requests","MetricStat":{"Metric":{"Namespace":"Shop","MetricName":"Requests"},"Period":60,"Stat":"Sum"},"ReturnData":false}]}
        """);

    private static Dictionary<string, IReadOnlyCollection<AlarmDatapoint>> Metrics(
        params (string Id, double?[] Minutes)[] metrics) => metrics.ToDictionary(
        static metric => metric.Id,
        static metric => (IReadOnlyCollection<AlarmDatapoint>)
            [.. metric.Minutes.Select((value, i) => new AlarmDatapoint(Start.AddMinutes(i), value)).Where(d => d.Value is not null)]);

    private static AlarmDatapoint Value(int minute, double value) => new(Start.AddMinutes(minute), value);
}
