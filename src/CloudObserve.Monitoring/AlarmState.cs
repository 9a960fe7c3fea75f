namespace CloudObserve.Monitoring;

/// <summary>Specifies the state of an alarm.</summary>
public enum AlarmState
{
    /// <summary>CloudWatch's <c>INSUFFICIENT_DATA</c>: the alarm is new, or there is not enough data to decide.</summary>
    InsufficientData = 0,

    /// <summary>CloudWatch's <c>OK</c>: the condition of the alarm is not met.</summary>
    Ok = 1,

    /// <summary>CloudWatch's <c>ALARM</c>: the condition of the alarm is met.</summary>
    Alarm = 2,
}
