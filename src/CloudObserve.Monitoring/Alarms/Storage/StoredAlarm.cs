using CloudObserve.Monitoring.Alarms.History;
using CloudObserve.Monitoring.Alarms.Muting;

namespace CloudObserve.Monitoring.Alarms.Storage;

/// <summary>Represents an alarm as it is stored.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsComposite">Whether it is a composite alarm.</param>
/// <param name="Definition">The definition in the form of CloudWatch's operation.</param>
/// <param name="ConfigurationUpdated">The time of the last change of the definition.</param>
/// <param name="ActionsEnabled">Whether changes run actions.</param>
/// <param name="State">The state.</param>
/// <param name="Actions">The decisions about actions so far.</param>
/// <param name="Contributors">The time series of an alarm over several.</param>
internal sealed record StoredAlarm(
    string Name,
    bool IsComposite,
    string Definition,
    DateTimeOffset ConfigurationUpdated,
    bool ActionsEnabled,
    AlarmSnapshot State,
    ActionGate Actions,
    IReadOnlyList<AlarmContributor> Contributors);
