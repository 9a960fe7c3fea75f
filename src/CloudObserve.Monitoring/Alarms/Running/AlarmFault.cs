namespace CloudObserve.Monitoring.Alarms.Running;

/// <summary>Represents a fault of a definition.</summary>
/// <param name="Name">The name of the alarm or the mute rule.</param>
/// <param name="IsMuteRule">Whether it is a mute rule.</param>
/// <param name="Text">The fault, in CloudWatch's words where they are known.</param>
internal sealed record AlarmFault(string Name, bool IsMuteRule, string Text);
