using CloudObserve.Monitoring.Alarms.History;
using CloudObserve.Monitoring.Alarms.Muting;

namespace CloudObserve.Monitoring.Alarms.Running;

/// <summary>Represents an alarm with its state. The lock of <see cref="AlarmTable"/> guards all that changes.</summary>
internal abstract class AlarmEntry(string name, string arn)
{
    internal string Name { get; } = name;

    internal string Arn { get; } = arn;

    /// <summary>Gets or sets the state with its reason.</summary>
    internal required AlarmSnapshot State { get; set; }

    /// <summary>Gets or sets the time of the last change of the definition.</summary>
    internal required DateTimeOffset ConfigurationUpdated { get; set; }

    /// <summary>Gets or sets the decisions about actions so far.</summary>
    internal ActionGate Actions { get; set; }

    /// <summary>Gets or sets the last decision about actions.</summary>
    internal ActionDecision Decision { get; set; }

    /// <summary>Gets or sets the mute rules that name the alarm.</summary>
    internal MuteWindow[] MuteRules { get; set; } = [];

    /// <summary>Gets or sets a value indicating whether the state changed and composite alarms have not been evaluated since.</summary>
    internal AlarmSnapshot? Before { get; set; }

    /// <summary>Gets or sets a value indicating whether CloudWatch has the alarm, and runs its actions instead of this process.</summary>
    internal bool IsProvisioned { get; set; }

    /// <summary>Gets or sets a value indicating whether the alarm is not evaluated here, because CloudWatch has it and no other alarm needs
    /// its state here.</summary>
    internal bool IsOff { get; set; }

    /// <summary>Gets a value indicating whether actions of the state are held back.</summary>
    internal bool HasPendingActions => Actions.IsPending(State.State);

    /// <summary>Gets a value indicating whether changes run actions.</summary>
    internal abstract bool ActionsEnabled { get; }

    /// <summary>Gets the definition in the form of CloudWatch's operation, as it was defined.</summary>
    internal abstract string Source { get; }

    /// <summary>Returns the alarm as entries of histories describe it.</summary>
    internal IAlarmRecord ToRecord() => ToRecord(State);

    /// <summary>Returns the alarm with a state as entries of histories and messages describe it.</summary>
    internal abstract IAlarmRecord ToRecord(AlarmSnapshot state);

    /// <summary>Returns the actions of a state.</summary>
    internal abstract IReadOnlyList<string> ActionsOf(AlarmState state);

    /// <summary>Lets changes run actions, or keeps them from doing so.</summary>
    internal abstract void SetActionsEnabled(bool isEnabled);
}
