namespace CloudObserve.Monitoring.Tests.Alarms;

/// <summary>Backtests.</summary>
public sealed class AlarmBacktestTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_backtest_returns_the_changes_with_their_reasons()
    {
        AlarmDatapoint[] datapoints = [Value(0, 10), Value(1, 90), Value(2, 90), Value(3, 90), Value(4, 10)];

        IReadOnlyList<AlarmTransition> transitions = AlarmBacktest.Run(TestAlarms.Of(3), datapoints, Start.AddMinutes(1), Start.AddMinutes(5));

        Assert.Equal(
            [
                (Start.AddMinutes(1), AlarmState.InsufficientData, AlarmState.Ok),
                (Start.AddMinutes(4), AlarmState.Ok, AlarmState.Alarm),
                (Start.AddMinutes(5), AlarmState.Alarm, AlarmState.Ok),
            ],
            transitions.Select(t => (t.Time, t.From, t.To)));
        Assert.Equal(
            "Threshold Crossed: 3 datapoints [90.0 (01/03/26 10:03:00), 90.0 (01/03/26 10:02:00), 90.0 (01/03/26 10:01:00)] were greater than the threshold (50.0).",
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
        Assert.Contains("[90.0 (01/03/26 10:01:00), 90.0 (01/03/26 10:00:00), 90.0 (01/03/26 09:59:00)]", steps[2].Transition!.Reason, StringComparison.Ordinal);
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
        Assert.Throws<ArgumentException>(() => AlarmBacktest.Evaluate(TestAlarms.Of(1), [Value(0, 1), new(Start.AddSeconds(30), 2)], Start, Start)).Message,
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
        Assert.Equal(2, AlarmBacktest.Evaluate(TestAlarms.Of(1), [], DateTimeOffset.MinValue, DateTimeOffset.MinValue.AddMinutes(1)).Count());
    }

    private static AlarmDatapoint Value(int minute, double value) => new(Start.AddMinutes(minute), value);
}
