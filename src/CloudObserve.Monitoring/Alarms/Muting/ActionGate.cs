namespace CloudObserve.Monitoring.Alarms.Muting;

/// <summary>Decides when an alarm whose actions can be suppressed or muted runs them.</summary>
/// <remarks>
/// It is a value; each step returns the next one.
/// Actions belong to changes of the state. Those that are held back run when nothing holds them back any more, if the alarm is then in
/// another state than the one whose actions ran last.
/// </remarks>
/// <param name="Announced">The state whose actions ran last.</param>
internal readonly record struct ActionGate(AlarmState Announced)
{
    /// <summary>Gets the last state that was taken into account.</summary>
    internal AlarmState Last { get; init; } = Announced;

    /// <summary>Gets a value indicating whether the suppressor was in ALARM.</summary>
    internal bool IsSuppressorInAlarm { get; init; }

    /// <summary>Gets a value indicating whether a mute rule has held back actions that did not run yet.</summary>
    internal bool WasMuted { get; init; }

    /// <summary>Gets the time until which the alarm waits for its suppressor.</summary>
    internal DateTimeOffset WaitUntil { get; init; }

    /// <summary>Gets the time until which the extension period holds back actions.</summary>
    internal DateTimeOffset ExtendUntil { get; init; }

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
        bool isSuppressed = suppressor == AlarmState.Alarm;
        bool entersAlarm = state == AlarmState.Alarm && Last != AlarmState.Alarm && suppressor is not null;
        ActionGate next = this with
        {
            Last = state,
            IsSuppressorInAlarm = isSuppressed,
            WaitUntil = state != AlarmState.Alarm ? default : entersAlarm ? now + periods.Wait : WaitUntil,
            ExtendUntil = isSuppressed || suppressor is null ? default : IsSuppressorInAlarm ? now + periods.Extension : ExtendUntil,
            WasMuted = isMuted || (WasMuted && state != Announced),
        };
        ActionSuppressor by = next.SuppressedBy(now, isMuted);
        bool isPending = state != Announced;
        bool runs = isPending && by == ActionSuppressor.None;
        decision = new ActionDecision(runs, isPending ? by : ActionSuppressor.None, runs && WasMuted, next.HeldUntil(by));
        return runs ? next with { Announced = state, WasMuted = false } : next;
    }

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
