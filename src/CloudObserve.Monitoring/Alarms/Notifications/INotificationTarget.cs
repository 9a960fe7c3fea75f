namespace CloudObserve.Monitoring.Alarms.Notifications;

/// <summary>Receives all notifications and sends them on.</summary>
internal interface INotificationTarget
{
    /// <summary>Returns whether the target is concerned with a notification.</summary>
    bool Takes(AlarmNotification notification);

    /// <summary>Takes a notification. It returns at once.</summary>
    /// <param name="notification">The notification.</param>
    /// <param name="finished">Called once when no further attempt is needed, with the reason of a failure, or <see langword="null"/> if
    /// the notification was sent. It may be called from within this call.</param>
    void Enqueue(AlarmNotification notification, Action<string?> finished);
}
