using CloudObserve.Monitoring.Alarms.Storage;

namespace CloudObserve.Monitoring.Alarms.Running;

/// <content>Gives what changed to the store.</content>
internal sealed partial class AlarmTable
{
    /// <summary>Returns what changed since the last call, with the present state of each alarm.</summary>
    internal TableChanges Take()
    {
        lock (_lock)
        {
            if (_unstored.Count + _deleted.Count + _newHistory.Count + _notifications.Count + _finished.Count + _states.Count == 0)
            {
                return TableChanges.None;
            }

            TableChanges changes = new(
                [.. _unstored.Select(Stored)], _deleted, _newHistory, _notifications, _finished, _states);
            _unstored.Clear();
            (_deleted, _newHistory, _notifications, _finished, _states) = ([], [], [], [], []);
            return changes;
        }
    }

    /// <summary>Returns everything that must be stored to continue later.</summary>
    internal (List<StoredAlarm> Alarms, List<AlarmHistoryItem> History) Snapshot()
    {
        lock (_lock)
        {
            return ([.. Entries_NeedsLock().Select(Stored)], _history.ToList());
        }
    }

    private static StoredAlarm Stored(AlarmEntry entry) => new(
        entry.Name,
        entry is CompositeAlarmEntry,
        entry.Source,
        entry.ConfigurationUpdated,
        entry.ActionsEnabled,
        entry.State,
        entry.Actions,
        entry is MetricAlarmEntry { Contributors: { } contributors } ? [.. contributors.Values] : []);
}
