namespace CloudObserve.Monitoring;

/// <summary>Specifies the status of a mute rule.</summary>
public enum AlarmMuteRuleStatus
{
    /// <summary>CloudWatch's <c>SCHEDULED</c>: the next window has not begun.</summary>
    Scheduled = 0,

    /// <summary>CloudWatch's <c>ACTIVE</c>: the rule mutes its alarms.</summary>
    Active = 1,

    /// <summary>CloudWatch's <c>EXPIRED</c>: the rule mutes no more.</summary>
    Expired = 2,
}
