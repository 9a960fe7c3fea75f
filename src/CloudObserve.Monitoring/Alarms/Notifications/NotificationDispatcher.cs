using CloudObserve.Monitoring.Alarms.Running;

namespace CloudObserve.Monitoring.Alarms.Notifications;

/// <summary>Gives each notification to all targets, and records the result when the last one has finished.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class NotificationDispatcher(
    IReadOnlyList<INotificationTarget> targets, AlarmTable table, TimeProvider timeProvider, Action changed)
{
    /// <summary>Gives a notification to all targets. Without a target, it is finished at once.</summary>
    internal void Enqueue(AlarmNotification notification)
    {
        Delivery delivery = new(this, notification, targets.Count);
        foreach (INotificationTarget target in targets)
        {
            target.Enqueue(notification, delivery.Finished);
        }

        if (targets.Count == 0)
        {
            // The caller takes this change itself.
            table.Finish(notification, null, timeProvider.GetUtcNow());
        }
    }

    private void Finish(AlarmNotification notification, string? failure)
    {
        table.Finish(notification, failure, timeProvider.GetUtcNow());
        changed();
    }

    /// <summary>Counts the targets of a notification that have not finished.</summary>
    private sealed class Delivery(NotificationDispatcher dispatcher, AlarmNotification notification, int targets)
    {
        private int _open = targets;
        private string? _failure;

        internal void Finished(string? failure)
        {
            if (failure is not null)
            {
                _ = Interlocked.CompareExchange(ref _failure, failure, null);
            }

            if (Interlocked.Decrement(ref _open) == 0)
            {
                dispatcher.Finish(notification, Volatile.Read(ref _failure));
            }
        }
    }
}
