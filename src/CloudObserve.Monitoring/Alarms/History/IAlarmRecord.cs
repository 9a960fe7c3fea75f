using System.Text.Json.Nodes;

namespace CloudObserve.Monitoring.Alarms.History;

/// <summary>Represents an alarm as entries of histories describe it.</summary>
internal interface IAlarmRecord
{
    /// <summary>Gets the name.</summary>
    string AlarmName { get; }

    /// <summary>Gets the time of the last change of the definition.</summary>
    DateTimeOffset ConfigurationUpdated { get; }

    /// <summary>Returns the members of the alarm. The caller may change them.</summary>
    JsonObject Members();
}
