namespace CloudObserve.Monitoring.Alarms.Muting;

/// <summary>Decides when an alarm whose actions can be suppressed or muted runs them.</summary>
/// <remarks>
/// <para>It is a value; each step returns the next one. Actions belong to changes of the state.</para>
/// <para>
/// With a suppressor, CloudWatch's documented rules apply. Each change of the alarm's state begins a wait period and ends an extension
/// period. A suppressor in ALARM ends both, and holds back the actions at once. When it leaves ALARM, an extension period begins. When
/// nothing holds back the actions of a change any more, the actions of the present state run, even if it is the one before the change.
/// </para>
/// <para>
/// Actions that a mute rule held back run at its end only if the alarm is then in another state than the one whose actions ran last.
/// </para>
/// </remarks>
/// <param name="Announced">The state whose actions ran last.</param>
internal readonly record struct ActionGate(AlarmState Announced)
{
    /// <summary>Gets the last state that was taken into account.</summary>
    internal AlarmState Last { get; init; } = Announced;

    /// <summary>Gets a value indicating whether the suppressor was in ALARM.</summary>
    internal bool IsSuppressorInAlarm { get; init; }

    /// <summary>Gets a value indicating whether a suppressor has held back the actions of a change that did not run yet.</summary>
    internal bool WasSuppressed { get; init; }

    /// <summary>Gets a value indicating whether a mute rule has held back actions that did not run yet.</summary>
    internal bool WasMuted { get; init; }

    /// <summary>Gets the time until which the alarm waits for its suppressor.</summary>
    internal DateTimeOffset WaitUntil { get; init; }

    /// <summary>Gets the time until which the extension period holds back actions.</summary>
    internal DateTimeOffset ExtendUntil { get; init; }

    /// <summary>Returns whether actions of a state have not run yet.</summary>
    internal bool IsPending(AlarmState state) => WasSuppressed || state != Announced;

    /// <summary>Returns the state from which an alarm changed whose actions run now.</summary>
    /// <remarks>A suppressed alarm may have changed and changed back. Composite alarms have no third state after their creation.</remarks>
    /// <param name="announced">The state whose actions ran last.</param>
    /// <param name="state">The present state.</param>
    internal static AlarmState OldState(AlarmState announced, AlarmState state) =>
        announced != state ? announced : state == AlarmState.Alarm ? AlarmState.Ok : AlarmState.Alarm;

    /// <summary>Ends the periods, because the alarm has another suppressor or none.</summary>
    internal ActionGate WithoutPeriods() => this with { IsSuppressorInAlarm = false, WaitUntil = default, ExtendUntil = default };

    /// <summary>Takes the states at a time into account.</summary>
    /// <param name="now">The time.</param>
    /// <param name="state">The state of the alarm.</param>
    /// <param name="suppressor">The state of its suppressor; <see langword="null"/> if it has none.</param>
    /// <param name="periods">The wait period and the extension period.</param>
    /// <param name="isMuted">Whether a mute rule is active.</param>
    /// <param name="decision">Whether the actions of the state run now, or what holds them back.</param>
    internal ActionGate Next(
        DateTimeOffset now,
        AlarmState state,
        AlarmState? suppressor,
        (TimeSpan Wait, TimeSpan Extension) periods,
        bool isMuted,
        out ActionDecision decision)
    {
        bool isChange = state != Last;
        ActionGate next = After(now, isChange, suppressor, periods) with { Last = state };
        ActionSuppressor by = next.SuppressedBy(now, isMuted);
        next = next with { WasSuppressed = WasSuppressed || (isChange && by is not (ActionSuppressor.None or ActionSuppressor.MuteRule)) };
        bool isPending = next.IsPending(state);
        bool runs = isPending && by == ActionSuppressor.None;
        decision = new ActionDecision(runs, isPending ? by : ActionSuppressor.None, runs && WasMuted, next.HeldUntil(by));
        return runs
            ? next with { Announced = state, WasSuppressed = false, WasMuted = false }
            : next with { WasMuted = isMuted || (WasMuted && isPending) };
    }

    // The suppressor is considered first: composite alarms change after the alarms that they use.
    private ActionGate After(DateTimeOffset now, bool isChange, AlarmState? suppressor, (TimeSpan Wait, TimeSpan Extension) periods) =>
        suppressor is null ? WithoutPeriods()
        : suppressor == AlarmState.Alarm ? WithoutPeriods() with { IsSuppressorInAlarm = true }
        : isChange ? WithoutPeriods() with { WaitUntil = now + periods.Wait }
        : IsSuppressorInAlarm ? WithoutPeriods() with { ExtendUntil = now + periods.Extension }
        : this;

    private ActionSuppressor SuppressedBy(DateTimeOffset now, bool isMuted) =>
        isMuted ? ActionSuppressor.MuteRule
        : IsSuppressorInAlarm ? ActionSuppressor.Alarm
        : ExtendUntil > now ? ActionSuppressor.ExtensionPeriod
        : WaitUntil > now ? ActionSuppressor.WaitPeriod
        : ActionSuppressor.None;

    private DateTimeOffset? HeldUntil(ActionSuppressor by) => by switch
    {
        ActionSuppressor.ExtensionPeriod => ExtendUntil,
        ActionSuppressor.WaitPeriod => WaitUntil,
        _ => null,
    };
}
