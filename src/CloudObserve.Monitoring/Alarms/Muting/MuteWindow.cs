namespace CloudObserve.Monitoring.Alarms.Muting;

/// <summary>Represents a valid mute rule in the form that is asked at each evaluation.</summary>
internal sealed class MuteWindow
{
    private readonly MuteSchedule _schedule;

    private MuteWindow(AlarmMuteRule rule)
    {
        Rule = rule;
        _schedule = MuteSchedule.Parse(rule.Expression, rule.Duration, rule.Timezone);
    }

    /// <summary>Gets the definition.</summary>
    internal AlarmMuteRule Rule { get; }

    /// <exception cref="ArgumentException">The rule is invalid.</exception>
    internal static MuteWindow Of(AlarmMuteRule rule)
    {
        IReadOnlyList<string> faults = rule.Validate();
        return faults.Count == 0
            ? new MuteWindow(rule)
            : throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(rule));
    }

    /// <summary>Returns whether the rule mutes its alarms at a time.</summary>
    internal bool IsActive(DateTimeOffset now) => StatusAt(now) == AlarmMuteRuleStatus.Active;

    internal AlarmMuteRuleStatus StatusAt(DateTimeOffset now)
    {
        if (now >= Rule.ExpireDate)
        {
            return AlarmMuteRuleStatus.Expired;
        }

        if (!(now < Rule.StartDate) && _schedule.WindowAt(now) is not null)
        {
            return AlarmMuteRuleStatus.Active;
        }

        DateTimeOffset? next = _schedule.NextAfter(now < Rule.StartDate ? Rule.StartDate.Value.AddTicks(-1) : now);
        bool startsInside = now < Rule.StartDate && _schedule.WindowAt(Rule.StartDate.Value) is not null;
        return startsInside || (next is { } start && !(start >= Rule.ExpireDate))
            ? AlarmMuteRuleStatus.Scheduled
            : AlarmMuteRuleStatus.Expired;
    }
}
