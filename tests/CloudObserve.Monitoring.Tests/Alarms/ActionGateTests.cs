using CloudObserve.Monitoring.Alarms.Muting;

namespace CloudObserve.Monitoring.Tests.Alarms;

/// <summary>Actions that a suppressor or a mute rule holds back.</summary>
public sealed class ActionGateTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly (TimeSpan Wait, TimeSpan Extension) Periods = (TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(30));

    private ActionGate _lock = new(AlarmState.Ok);

    [Fact]
    public void Without_a_suppressor_each_change_runs_at_once()
    {
        Assert.True(Step(0, AlarmState.Alarm, null).Runs);
        Assert.False(Step(1, AlarmState.Alarm, null).Runs);
        Assert.True(Step(2, AlarmState.Ok, null).Runs);
    }

    [Fact]
    public void A_change_to_ALARM_waits_for_the_suppressor_and_runs_if_it_does_not_come()
    {
        ActionDecision first = Step(0, AlarmState.Alarm, AlarmState.Ok);

        Assert.Equal((false, ActionSuppressor.WaitPeriod, Start.AddSeconds(60)), (first.Runs, first.SuppressedBy, first.HeldUntil));
        Assert.False(Step(59, AlarmState.Alarm, AlarmState.Ok).Runs);
        Assert.True(Step(60, AlarmState.Alarm, AlarmState.Ok).Runs);
    }

    [Fact]
    public void A_suppressor_that_comes_holds_the_actions_and_the_extension_period_after_it()
    {
        _ = Step(0, AlarmState.Alarm, AlarmState.Ok);

        Assert.Equal(ActionSuppressor.Alarm, Step(30, AlarmState.Alarm, AlarmState.Alarm).SuppressedBy);
        Assert.Equal(ActionSuppressor.Alarm, Step(500, AlarmState.Alarm, AlarmState.Alarm).SuppressedBy);
        ActionDecision extension = Step(501, AlarmState.Alarm, AlarmState.Ok);
        Assert.Equal((ActionSuppressor.ExtensionPeriod, Start.AddSeconds(531)), (extension.SuppressedBy, extension.HeldUntil));
        Assert.False(Step(530, AlarmState.Alarm, AlarmState.Ok).Runs);
        Assert.True(Step(531, AlarmState.Alarm, AlarmState.Ok).Runs);
    }

    [Fact]
    public void An_alarm_that_is_over_before_its_actions_ran_says_nothing()
    {
        _ = Step(0, AlarmState.Alarm, AlarmState.Ok);
        _ = Step(10, AlarmState.Ok, AlarmState.Ok);

        Assert.False(Step(100, AlarmState.Ok, AlarmState.Ok).Runs);
        Assert.Equal(ActionSuppressor.WaitPeriod, Step(101, AlarmState.Alarm, AlarmState.Ok).SuppressedBy);
    }

    [Fact]
    public void The_end_of_an_alarm_is_told_at_once_if_nothing_suppresses_it()
    {
        _ = Step(0, AlarmState.Alarm, AlarmState.Ok);
        Assert.True(Step(60, AlarmState.Alarm, AlarmState.Ok).Runs);

        Assert.True(Step(70, AlarmState.Ok, AlarmState.Ok).Runs);
    }

    [Fact]
    public void A_mute_rule_takes_precedence_and_the_state_at_its_end_is_told()
    {
        Assert.Equal(ActionSuppressor.MuteRule, Step(0, AlarmState.Alarm, AlarmState.Alarm, isMuted: true).SuppressedBy);

        ActionDecision end = Step(500, AlarmState.Alarm, null);

        Assert.Equal((true, true), (end.Runs, end.IsAfterMuteWindow));
        Assert.False(Step(501, AlarmState.Ok, null).IsAfterMuteWindow);
    }

    [Fact]
    public void An_alarm_that_came_and_went_while_muted_says_nothing()
    {
        _ = Step(0, AlarmState.Alarm, null, isMuted: true);
        _ = Step(60, AlarmState.Ok, null, isMuted: true);

        Assert.False(Step(120, AlarmState.Ok, null).Runs);
        ActionDecision later = Step(180, AlarmState.Alarm, null);
        Assert.Equal((true, false), (later.Runs, later.IsAfterMuteWindow));
    }

    private ActionDecision Step(int second, AlarmState state, AlarmState? suppressor, bool isMuted = false)
    {
        _lock = _lock.Next(Start.AddSeconds(second), state, suppressor, Periods, isMuted, out ActionDecision decision);
        return decision;
    }
}
