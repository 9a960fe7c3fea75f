using CloudObserve.Monitoring.Alarms.Evaluation;
using CloudObserve.Monitoring.Alarms.History;
using CloudObserve.Monitoring.Alarms.Muting;

namespace CloudObserve.Monitoring.Alarms.Running;

/// <content>Alarms that CloudWatch evaluates instead of this process.</content>
internal sealed partial class AlarmTable
{
    /// <summary>Gets the number of alarms that CloudWatch evaluates.</summary>
    internal int Provisioned
    {
        get
        {
            lock (_lock)
            {
                return Entries_NeedsLock().Count(static alarm => alarm.IsProvisioned);
            }
        }
    }

    // An alarm that CloudWatch has runs no actions here. It is evaluated only if a composite alarm that CloudWatch does not have uses it.
    private void Provision_NeedsLock(IReadOnlySet<string> provisioned, DateTimeOffset now)
    {
        HashSet<AlarmEntry> needed = [];
        foreach (CompositeAlarmEntry composite in _composite.Values.Where(alarm => !provisioned.Contains(alarm.Name)))
        {
            Need_NeedsLock(composite, needed);
        }

        foreach (AlarmEntry alarm in Entries_NeedsLock().ToArray())
        {
            alarm.IsProvisioned = provisioned.Contains(alarm.Name);
            bool isOff = alarm.IsProvisioned && !needed.Contains(alarm);
            if (isOff != alarm.IsOff)
            {
                alarm.IsOff = isOff;
                Switch_NeedsLock(alarm, now);
            }
        }

        _order = [.. _order.Where(static alarm => !alarm.IsOff)];
    }

    private static void Need_NeedsLock(CompositeAlarmEntry composite, HashSet<AlarmEntry> needed)
    {
        foreach (AlarmEntry child in composite.Children.Append(composite.Suppressor).OfType<AlarmEntry>())
        {
            if (needed.Add(child) && child is CompositeAlarmEntry inner)
            {
                Need_NeedsLock(inner, needed);
            }
        }
    }

    // The alarm begins anew in both directions, and neither of them runs an action.
    private void Switch_NeedsLock(AlarmEntry alarm, DateTimeOffset now)
    {
        AlarmSnapshot next = new(
            AlarmState.InsufficientData, alarm.IsOff ? AlarmReason.Provisioned : AlarmReason.Initial, null, now);
        if (alarm.State.State != next.State)
        {
            Change_NeedsLock(alarm, next);
        }

        alarm.State = next;
        alarm.Actions = new ActionGate(next.State);
        alarm.Decision = default;
        _ = _held.Remove(alarm);
        _ = _unstored.Add(alarm);
        switch (alarm)
        {
            case MetricAlarmEntry metric:
                (metric.Contributors, metric.EvaluationState) = (null, null);
                break;
            case CompositeAlarmEntry composite:
                composite.Changed = alarm.IsOff ? null : "created";
                break;
        }
    }
}
