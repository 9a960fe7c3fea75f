using CloudObserve.Monitoring.Alarms.History;

namespace CloudObserve.Monitoring.Alarms.Storage;

/// <summary>Represents a change of state that must be reported.</summary>
/// <param name="AlarmName">The name of the alarm.</param>
/// <param name="Before">The state before.</param>
/// <param name="After">The state after.</param>
internal sealed record StateChange(string AlarmName, AlarmSnapshot Before, AlarmSnapshot After);
