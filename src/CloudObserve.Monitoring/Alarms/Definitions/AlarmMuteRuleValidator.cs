using CloudObserve.Monitoring.Alarms.Muting;

namespace CloudObserve.Monitoring.Alarms.Definitions;

/// <summary>Checks mute rules.</summary>
internal static class AlarmMuteRuleValidator
{
    private const int MaxExpression = 256;
    private const int MaxDuration = 50;
    private const int MaxTimezone = 50;
    private const int MaxTargets = 100;

    internal static IReadOnlyList<string> Validate(AlarmMuteRule rule)
    {
        List<string> faults = [];
        if (Violations(rule) is { } violations)
        {
            faults.Add(violations);
        }

        faults.AddRange(ScheduleFaults(rule));
        if (rule.StartDate >= rule.ExpireDate)
        {
            faults.Add("StartDate must be before ExpireDate.");
        }

        return faults;
    }

    private static string? Violations(AlarmMuteRule rule)
    {
        Constraints constraints = new();
        constraints.RequiredLength("name", rule.Name, AlarmConstraints.MaxName);
        constraints.Length("description", rule.Description, 0, AlarmConstraints.MaxDescription);
        constraints.RequiredLength("rule.schedule.expression", rule.Expression, MaxExpression);
        constraints.RequiredLength("rule.schedule.duration", rule.Duration, MaxDuration);
        constraints.Length("rule.schedule.timezone", rule.Timezone, 1, MaxTimezone);
        constraints.Size("muteTargets.alarmNames", rule.AlarmNames, MaxTargets);
        for (int i = 0; i < rule.AlarmNames.Count; i++)
        {
            constraints.Length($"muteTargets.alarmNames.{i + 1}.member", rule.AlarmNames[i], 1, AlarmConstraints.MaxName);
        }

        AlarmConstraints.CheckTags(constraints, rule.Tags);
        return constraints.Message();
    }

    // The parser of a schedule reports its first fault. The duration is checked first, so the rest is checked with a valid one too.
    private static string[] ScheduleFaults(AlarmMuteRule rule) =>
        [
            .. rule.Duration.Length == 0 ? [] : Fault(() => _ = MuteDuration.Parse(rule.Duration)),
            .. rule.Expression.Length is 0 or > MaxExpression ? [] : Fault(() => _ = MuteSchedule.Parse(rule.Expression, "PT1M", null)),
            .. rule.Timezone is null ? [] : Fault(() => _ = MuteSchedule.Parse("at(2000-01-01T00:00)", "PT1M", rule.Timezone)),
        ];

    private static string[] Fault(Action check)
    {
        try
        {
            check();
            return [];
        }
        catch (FormatException exception)
        {
            return [exception.Message];
        }
    }
}
