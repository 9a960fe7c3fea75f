using CloudObserve.Monitoring.Alarms.Evaluation;

namespace CloudObserve.Monitoring.Tests.Alarms;

/// <summary>Explanations of evaluations.</summary>
public sealed class AlarmExplanationTests
{
    private static readonly DateTimeOffset Newest = new(2026, 3, 1, 10, 4, 0, TimeSpan.Zero);

    [Fact]
    public void An_explanation_tells_the_use_of_each_period()
    {
        AlarmExplanation explanation = Explain(TestAlarms.Of(3, 2, "breaching"), AlarmState.Ok, null, 10, null, null, null);

        Assert.Equal(AlarmState.Alarm, explanation.State);
        Assert.Equal(
            [AlarmDatapointUse.FilledAsBreaching, AlarmDatapointUse.NotBreaching, AlarmDatapointUse.FilledAsBreaching,
                AlarmDatapointUse.Missing, AlarmDatapointUse.Missing],
            explanation.Periods.Select(p => p.Use));
        Assert.Equal(Newest, explanation.Periods[0].Datapoint.Time);
        Assert.Contains("2 missing datapoints count as breaching", explanation.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Datapoints_beyond_the_newest_N_are_not_used()
    {
        AlarmExplanation explanation = Explain(TestAlarms.Of(2), AlarmState.Ok, 10, null, 100, 90);

        Assert.Equal(
            [AlarmDatapointUse.NotBreaching, AlarmDatapointUse.Missing, AlarmDatapointUse.Breaching, AlarmDatapointUse.NotUsed],
            explanation.Periods.Select(p => p.Use));
        Assert.Equal(["1 more datapoint must be greater than 50.0 for ALARM."], explanation.Needed);
    }

    [Theory]
    [InlineData("missing", AlarmState.Ok, "the state is kept until the oldest breaching datapoint is 2 periods old")]
    [InlineData("ignore", AlarmState.Ok, "the state is kept, because missing datapoints are ignored")]
    [InlineData("notBreaching", AlarmState.Ok, "2 missing datapoints count as not breaching")]
    public void The_rule_that_decided_is_told(string treatment, AlarmState state, string rule)
    {
        AlarmExplanation explanation = Explain(TestAlarms.Of(3, 2, treatment), AlarmState.Ok, 100);

        Assert.Equal(state, explanation.State);
        Assert.EndsWith($"{rule}.", explanation.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void An_alarm_that_ages_is_explained()
    {
        AlarmExplanation explanation = Explain(TestAlarms.Of(3, 2), AlarmState.Ok, null, 100);

        Assert.Equal(AlarmState.Alarm, explanation.State);
        Assert.EndsWith(
            "the oldest breaching datapoint is 2 periods old, and no datapoint since then contradicts it.",
            explanation.Summary,
            StringComparison.Ordinal);
        Assert.Equal(["At most 1 of the last 3 datapoints may be greater than 50.0 for OK; now 1 are."], explanation.Needed);
    }

    [Fact]
    public void Too_few_samples_are_explained()
    {
        AlarmExplanation explanation = Explain(TestAlarms.Of(1) with { MinimumSampleCount = 100 }, AlarmState.Ok, 99);

        Assert.Equal(AlarmState.Ok, explanation.State);
        Assert.Contains("The datapoints must have at least 100.0 samples before the state can change.", explanation.Needed);
    }

    private static AlarmExplanation Explain(AlarmDefinition definition, AlarmState current, params double?[] newestFirst)
    {
        AlarmDatapoint[] window =
            [.. newestFirst.Select(
                (value, age) => new AlarmDatapoint(Newest.AddMinutes(-age), value) { SampleCount = value is null ? null : 10 })];
        return AlarmExplainer.Explain(AlarmPlan.Of(definition), window, current);
    }
}
