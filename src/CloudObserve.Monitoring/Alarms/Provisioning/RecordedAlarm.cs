namespace CloudObserve.Monitoring.Alarms.Provisioning;

/// <summary>Represents an alarm that was put into CloudWatch.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsComposite">Whether it is a composite alarm.</param>
internal sealed record RecordedAlarm(string Name, bool IsComposite);
