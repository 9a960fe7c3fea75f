using System.Globalization;
using CloudObserve.Monitoring.Alarms.History;

namespace CloudObserve.Monitoring.Alarms.Running;

/// <summary>Evaluates composite alarms after changes of their alarms, and words the reasons as CloudWatch does.</summary>
internal static class CompositeEvaluation
{
    /// <summary>The reason of the first state of a composite alarm, before it was evaluated.</summary>
    internal const string Initial = "Unchecked: Initial alarm creation";

    /// <summary>Evaluates an alarm whose definition or alarms changed.</summary>
    /// <param name="alarm">The alarm.</param>
    /// <param name="now">The time.</param>
    /// <returns>The state that follows; <see langword="null"/> if the state remains.</returns>
    internal static AlarmSnapshot? Evaluate(CompositeAlarmEntry alarm, DateTimeOffset now)
    {
        AlarmState state = alarm.State.State;
        if (alarm.Changed is { } changed)
        {
            AlarmState result = alarm.Rule.Evaluate([.. alarm.Children.Select(static child => StateOf(child?.State))]);
            return result == state ? null : new AlarmSnapshot(result, Reason(alarm, changed, result), Data(null), now);
        }

        AlarmState[] states = [.. alarm.Children.Select(static child => StateOf(child?.Before ?? child?.State))];
        AlarmEntry? trigger = null;

        // The changes are taken into account one after the other, so that the reason names the one that decided.
        for (int i = 0; i < states.Length; i++)
        {
            if (alarm.Children[i] is { Before: not null } child)
            {
                states[i] = child.State.State;
                AlarmState next = alarm.Rule.Evaluate(states);
                (state, trigger) = next == state ? (state, trigger) : (next, child);
            }
        }

        return trigger is null || state == alarm.State.State ? null : new AlarmSnapshot(state, Reason(trigger), Data(trigger), now);
    }

    // An alarm that does not exist has no data.
    private static AlarmState StateOf(AlarmSnapshot? child) => child?.State ?? AlarmState.InsufficientData;

    private static string Reason(CompositeAlarmEntry alarm, string changed, AlarmState state) => changed == "created"
        ? $"{alarm.Arn} was created and its alarm rule evaluates to {AlarmStates.ToName(state)}"
        : $"{alarm.Arn} was updated and its new alarm rule evaluates to {AlarmStates.ToName(state)}";

    private static string Reason(AlarmEntry trigger) => string.Create(
        CultureInfo.InvariantCulture,
        $"{trigger.Arn} transitioned to {AlarmStates.ToName(trigger.State.State)} "
            + $"at {trigger.State.Updated.UtcDateTime:dddd dd MMMM, yyyy HH:mm:ss} UTC");

    private static string Data(AlarmEntry? trigger) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("triggeringAlarms");
        if (trigger is not null)
        {
            json.WriteStartObject();
            json.WriteString("arn", trigger.Arn);
            json.WriteStartObject("state");
            json.WriteString("value", AlarmStates.ToName(trigger.State.State));
            json.WriteString("timestamp", AlarmTimes.ToDocument(trigger.State.Updated));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
