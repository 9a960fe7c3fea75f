using CloudObserve.Monitoring.Alarms.Notifications;

namespace CloudObserve.Monitoring.Alarms.Running;

/// <summary>Gives each notification to its targets, and records the result when the last one has finished.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class NotificationDispatcher(
    IReadOnlyList<INotificationTarget> targets, AlarmTable table, TimeProvider timeProvider, Action changed)
{
    /// <summary>Gives a notification to the targets that it concerns. Without one, it is finished at once.</summary>
    internal void Enqueue(AlarmNotification notification)
    {
        INotificationTarget[] concerned = [.. targets.Where(target => target.Takes(notification))];
        Countdown countdown = new(Math.Max(1, concerned.Length), failure => Finish(notification, failure));
        foreach (INotificationTarget target in concerned)
        {
            target.Enqueue(notification, countdown.Finished);
        }

        if (concerned.Length == 0)
        {
            countdown.Finished(null);
        }
    }

    private void Finish(AlarmNotification notification, string? failure)
    {
        table.Finish(notification, failure, timeProvider.GetUtcNow());
        changed();
    }
}
