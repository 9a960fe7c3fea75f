namespace CloudObserve.Monitoring;

/// <summary>Receives the notifications of alarms in the application's own code.</summary>
/// <remarks>
/// <para>
/// Each notification gets a handler from a service scope of its own. Notifications reach one handler one after the other, in order. A
/// handler that throws, or that takes longer than <see cref="MonitoringOptions.HandlerTimeout"/>, fails for this notification: this is
/// counted, logged and written into the alarm's history. Other handlers are not affected.
/// </para>
/// <para>
/// A notification can arrive again after the process was killed. <see cref="AlarmNotification.Id"/> is the same then.
/// </para>
/// </remarks>
/// <threadsafety>Each notification has an instance of its own, unless the handler is registered as a singleton.</threadsafety>
public interface INotificationHandler
{
    /// <summary>Handles a notification.</summary>
    /// <param name="notification">The notification.</param>
    /// <param name="cancellationToken">Cancelled when the time is over or the application stops.</param>
    /// <returns>A task that completes when the notification is handled.</returns>
    Task HandleAsync(AlarmNotification notification, CancellationToken cancellationToken);
}
