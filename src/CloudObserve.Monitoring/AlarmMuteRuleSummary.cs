namespace CloudObserve.Monitoring;

/// <summary>Represents a mute rule with its present status.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Status">The status.</param>
public sealed record AlarmMuteRuleSummary(AlarmMuteRule Rule, AlarmMuteRuleStatus Status);
