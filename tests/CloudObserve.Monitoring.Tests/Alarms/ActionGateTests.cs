using CloudObserve.Monitoring.Alarms.Muting;

namespace CloudObserve.Monitoring.Tests.Alarms;

/// <summary>Actions that a suppressor or a mute rule holds back.</summary>
public sealed class ActionGateTests
{
    private const int WaitUnits = 2;
    private const int ExtensionUnits = 3;

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly (TimeSpan Wait, TimeSpan Extension) Periods = (TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(30));

    private ActionGate _gate = new(AlarmState.Ok);

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

    [Theory]
    // The six examples of CloudWatch's documentation. Its first time is t0, the wait period has 2 units, and the extension period 3.
    [InlineData("ooaaaaaaaa", "----------", "..WWA.....")]
    [InlineData("ooaaaaaaaa", "---SSSSSSS", "..WSSSSSSS")]
    [InlineData("ooaooooooo", "----------", "..WWWO....")]
    [InlineData("ooaaaaaaaa", "SSSSSSSSSS", "..SSSSSSSS")]
    [InlineData("ooaaaaaaaaa", "---SSS-----", "..WSSSEEEA.")]
    [InlineData("ooaaaaaoooo", "---SSS-----", "..WSSSEWWO.")]
    // Both at once: the suppressor is considered first.
    [InlineData("ooaaaa", "--SSSS", "..SSSS")]
    [InlineData("ooaaaa", "SS----", "..WWA.")]
    [InlineData("ooaoooo", "SSS----", "..SWWO.")]
    [InlineData("ooaaaaa", "----SSS", "..WWSSS")]
    [InlineData("aaaaaoooo", "SS-------", "SSEEEWWO.")]
    // The alarm changes again while the suppressor holds its actions back.
    [InlineData("oaooooooo", "SSS------", ".SSEEEO..")]
    [InlineData("oaoaaaaaa", "SSSSS----", ".SSSSEEEA")]
    [InlineData("oaoaooooo", "---------", ".WWWWWO..")]
    // The suppressor comes and goes.
    [InlineData("ooooooooo", "-SS------", ".........")]
    [InlineData("oooaaaaaa", "-SS------", "...WWA...")]
    [InlineData("ooooaaaaa", "-SS------", "....WWA..")]
    [InlineData("oaaaaaaaaaaa", "-SS-SS------", ".SSESSEEEA..")]
    [InlineData("oaaaaaaaaaaa", "-SS--S------", ".SSEESEEEA..")]
    // The end of an alarm whose actions ran waits as well.
    [InlineData("oaaaaoooo", "---------", ".WWA.WWO.")]
    [InlineData("oaaaaoooo", "-----SSSS", ".WWA.SSSS")]
    // The first state of an alarm is INSUFFICIENT_DATA.
    [InlineData("iiooo", "-----", "..WWO")]
    [InlineData("iiaaa", "SSSSS", "..SSS")]
    public void A_suppressor_holds_back_actions_as_CloudWatch_documents_it(string alarm, string suppressor, string expected)
    {
        _gate = new ActionGate(StateOf(alarm[0] == 'a' ? 'o' : alarm[0]));
        string actual = string.Concat(alarm.Select((state, time) => Unit(time, state, suppressor[time] == 'S')));

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Every_order_of_events_runs_the_actions_of_each_change_at_the_documented_time()
    {
        const int Length = 6;
        const int Quiet = WaitUnits + ExtensionUnits;
        for (int order = 0; order < 1 << (2 * Length); order++)
        {
            bool[] alarm = [.. Enumerable.Range(0, Length).Select(i => (order >> (2 * i) & 1) != 0)];
            bool[] suppressor = [.. Enumerable.Range(0, Length).Select(i => (order >> ((2 * i) + 1) & 1) != 0)];
            alarm = [.. alarm, .. Enumerable.Repeat(alarm[^1], Quiet)];
            suppressor = [.. suppressor, .. new bool[Quiet]];
            _gate = new ActionGate(AlarmState.Ok);
            string actual = string.Concat(alarm.Select((state, time) => Unit(time, state ? 'a' : 'o', suppressor[time])));

            Assert.Equal((order, Expected(alarm, suppressor)), (order, actual));
        }
    }

    [Fact]
    public void Another_suppressor_ends_the_periods_of_the_earlier_one()
    {
        _ = Step(0, AlarmState.Alarm, AlarmState.Alarm);
        _gate = _gate.WithoutPeriods();

        Assert.True(Step(1, AlarmState.Alarm, AlarmState.Ok).Runs);
        _ = Step(2, AlarmState.Ok, AlarmState.Ok);
        Assert.Equal(ActionSuppressor.WaitPeriod, Step(3, AlarmState.Ok, AlarmState.Ok).SuppressedBy);
        _gate = _gate.WithoutPeriods();
        Assert.True(Step(4, AlarmState.Ok, AlarmState.Ok).Runs);
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

    [Fact]
    public void A_suppressed_change_is_told_after_a_mute_rule_that_began_meanwhile()
    {
        _ = Step(0, AlarmState.Alarm, AlarmState.Ok);
        _ = Step(10, AlarmState.Ok, AlarmState.Ok);
        Assert.Equal(ActionSuppressor.MuteRule, Step(20, AlarmState.Ok, AlarmState.Ok, isMuted: true).SuppressedBy);
        Assert.False(Step(500, AlarmState.Ok, AlarmState.Ok, isMuted: true).Runs);

        ActionDecision end = Step(501, AlarmState.Ok, AlarmState.Ok);
        Assert.Equal((true, true), (end.Runs, end.IsAfterMuteWindow));
    }

    // Looks back over the whole course at each time, and keeps nothing between two times but whether actions are pending.
    private static string Expected(bool[] alarm, bool[] suppressor)
    {
        bool isPending = false;
        return string.Concat(alarm.Select((state, now) =>
        {
            int change = Enumerable.Range(0, now + 1).LastOrDefault(i => alarm[i] != (i > 0 && alarm[i - 1]), -1);
            int left = Enumerable.Range(1, now).LastOrDefault(i => suppressor[i - 1] && !suppressor[i], -1);
            int began = Enumerable.Range(0, now + 1).LastOrDefault(i => suppressor[i], -1);
            isPending |= change == now;
            if (!isPending)
            {
                return '.';
            }

            char by = suppressor[now] ? 'S'
                : change > began && now - change < WaitUnits ? 'W'
                : left > change && now - left < ExtensionUnits ? 'E'
                : state ? 'A' : 'O';
            isPending = by is 'S' or 'W' or 'E';
            return by;
        }));
    }

    private static AlarmState StateOf(char letter) =>
        letter switch { 'a' => AlarmState.Alarm, 'o' => AlarmState.Ok, _ => AlarmState.InsufficientData };

    // The actions that run at a time, or what holds them back.
    private char Unit(int time, char state, bool isSuppressed)
    {
        _gate = _gate.Next(
            Start.AddMinutes(time), StateOf(state), isSuppressed ? AlarmState.Alarm : AlarmState.Ok,
            (TimeSpan.FromMinutes(WaitUnits), TimeSpan.FromMinutes(ExtensionUnits)), isMuted: false, out ActionDecision decision);
        return decision switch
        {
            { Runs: true } => char.ToUpperInvariant(state),
            { SuppressedBy: ActionSuppressor.WaitPeriod } => 'W',
            { SuppressedBy: ActionSuppressor.ExtensionPeriod } => 'E',
            { SuppressedBy: ActionSuppressor.Alarm } => 'S',
            _ => '.',
        };
    }

    private ActionDecision Step(int second, AlarmState state, AlarmState? suppressor, bool isMuted = false)
    {
        _gate = _gate.Next(Start.AddSeconds(second), state, suppressor, Periods, isMuted, out ActionDecision decision);
        return decision;
    }
}
