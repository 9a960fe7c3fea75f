namespace CloudObserve.Monitoring.Alarms.Storage;

/// <summary>Contains what an earlier process stored.</summary>
internal sealed class StoredState
{
    internal Dictionary<string, StoredAlarm> Alarms { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the entries of histories, the oldest first.</summary>
    internal List<AlarmHistoryItem> History { get; } = [];

    /// <summary>Gets the notifications that were not sent to the end, by id, the oldest first.</summary>
    internal Dictionary<string, AlarmNotification> Notifications { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds changes.</summary>
    internal void Apply(TableChanges changes)
    {
        // A name may have been deleted and given to an alarm of the other kind.
        foreach (string name in changes.Deleted)
        {
            _ = Alarms.Remove(name);
        }

        foreach (StoredAlarm alarm in changes.Alarms)
        {
            Alarms[alarm.Name] = alarm;
        }

        History.AddRange(changes.History);
        foreach (AlarmNotification notification in changes.Notifications)
        {
            _ = Notifications.TryAdd(notification.Id, notification);
        }

        foreach (string id in changes.Finished)
        {
            _ = Notifications.Remove(id);
        }
    }
}
