namespace CloudObserve.Monitoring.Alarms.Muting;

/// <summary>Specifies what holds back the actions of an alarm. The names are CloudWatch's.</summary>
internal enum ActionSuppressor
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The composite alarm waits for its suppressor.</summary>
    WaitPeriod,

    /// <summary>The suppressor has left ALARM a short time ago.</summary>
    ExtensionPeriod,

    /// <summary>The suppressor is in ALARM.</summary>
    Alarm,

    /// <summary>A mute rule is active. It takes precedence over the suppressor.</summary>
    MuteRule,
}
