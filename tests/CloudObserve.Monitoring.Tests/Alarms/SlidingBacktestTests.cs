namespace CloudObserve.Monitoring.Tests.Alarms;

/// <summary>Backtests whose periods are read one by one.</summary>
public sealed class SlidingBacktestTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_alarm_of_five_minutes_is_evaluated_each_minute_on_periods_that_slide()
    {
        AlarmDefinition alarm = TestAlarms.Of(1) with { Period = TimeSpan.FromMinutes(5), Statistic = "Maximum" };

        AlarmTransition[] changes = [.. AlarmBacktest.Evaluate(alarm, Read, Start.AddMinutes(5), Start.AddMinutes(20))
            .Select(static step => step.Transition).OfType<AlarmTransition>()];

        // The sample of minute 7 is in the periods that end from minute 8 to minute 12.
        Assert.Equal(
            [(5, AlarmState.Ok), (8, AlarmState.Alarm), (13, AlarmState.Ok)],
            changes.Select(change => ((int)(change.Time - Start).TotalMinutes, change.To)));

        static AlarmDatapoint Read(string id, DateTimeOffset start) =>
            new(start, start <= Start.AddMinutes(7) && Start.AddMinutes(7) < start.AddMinutes(5) ? 100 : 10);
    }

    [Fact]
    public void Without_sliding_the_evaluations_are_those_of_the_datapoints()
    {
        AlarmDefinition alarm = TestAlarms.Of(3, 2);
        double?[] values = [.. Enumerable.Range(0, 500).Select(i => (i * 7 % 11) switch { < 3 => (double?)null, < 7 => 10, _ => 100 })];
        AlarmDatapoint[] datapoints = [.. values.Select((value, i) => new AlarmDatapoint(Start.AddMinutes(i), value))];

        Assert.Equal(
            AlarmBacktest.Evaluate(alarm, datapoints, Start.AddMinutes(1), Start.AddMinutes(500))
                .Select(static step => (step.Time, step.State)),
            AlarmBacktest.Evaluate(alarm, Read, Start.AddMinutes(1), Start.AddMinutes(500)).Select(static step => (step.Time, step.State)));

        AlarmDatapoint Read(string id, DateTimeOffset start)
        {
            int index = (int)(start - Start).TotalMinutes;
            return new AlarmDatapoint(start, index >= 0 && index < values.Length ? values[index] : null);
        }
    }

    [Fact]
    public void A_band_is_the_same_whether_its_datapoints_are_given_or_read()
    {
        AlarmDefinition alarm = TestAlarms.Band("GreaterThanUpperThreshold");
        AlarmDatapoint[] datapoints = [
            .. Enumerable.Range(0, 600).Select(i => new AlarmDatapoint(Start.AddMinutes(i), i == 500 ? 900 : 100 + (i % 7)))];

        AlarmTransition[] expected = [.. AlarmBacktest.Run(alarm, datapoints, Start.AddMinutes(1), Start.AddMinutes(600))];
        AlarmTransition[] actual = [.. AlarmBacktest.Evaluate(alarm, Read, Start.AddMinutes(1), Start.AddMinutes(600))
            .Select(static step => step.Transition).OfType<AlarmTransition>()];

        Assert.Contains(expected, static change => change.To == AlarmState.Alarm);
        Assert.Equal(expected, actual);

        AlarmDatapoint Read(string id, DateTimeOffset start) =>
            start < Start ? new(start, null) : datapoints[(int)(start - Start).TotalMinutes];
    }

    [Fact]
    public void An_explanation_is_that_of_the_last_evaluation_by_a_time()
    {
        AlarmExplanation explanation = AlarmBacktest.Explain(
            TestAlarms.Of(3, 2), static (_, start) => new AlarmDatapoint(start, start >= Start.AddMinutes(3) ? 100 : 10),
            Start.AddMinutes(1), Start.AddMinutes(4.5));

        Assert.Equal(AlarmState.Ok, explanation.State);
        Assert.Equal(Start.AddMinutes(3), explanation.Periods[0].Datapoint.Time);
        Assert.Equal("1 more datapoint must be greater than 50.0 for ALARM.", Assert.Single(explanation.Needed));
    }

    [Fact]
    public void The_result_can_be_enumerated_again()
    {
        IEnumerable<AlarmBacktestStep> steps = AlarmBacktest.Evaluate(
            TestAlarms.Of(1), [new(Start, 100), new(Start.AddMinutes(1), 10)], Start.AddMinutes(1), Start.AddMinutes(2));

        Assert.Equal(steps.ToArray(), steps.ToArray());
    }
}
