namespace CloudObserve.Monitoring.Alarms.Storage;

/// <summary>Contains what changed in a table since the last time: what to store, and then what to report and to send.</summary>
/// <param name="Alarms">The alarms that changed.</param>
/// <param name="Deleted">The names of the alarms that were deleted.</param>
/// <param name="History">New entries of histories.</param>
/// <param name="Notifications">New notifications.</param>
/// <param name="Finished">The ids of notifications that need no further attempt.</param>
/// <param name="States">The changes of states.</param>
internal sealed record TableChanges(
    IReadOnlyList<StoredAlarm> Alarms,
    IReadOnlyList<string> Deleted,
    IReadOnlyList<AlarmHistoryItem> History,
    IReadOnlyList<AlarmNotification> Notifications,
    IReadOnlyList<string> Finished,
    IReadOnlyList<StateChange> States)
{
    /// <summary>Gets no changes.</summary>
    internal static TableChanges None { get; } = new([], [], [], [], [], []);

    internal bool IsEmpty => Alarms.Count + Deleted.Count + History.Count + Notifications.Count + Finished.Count + States.Count == 0;
}
