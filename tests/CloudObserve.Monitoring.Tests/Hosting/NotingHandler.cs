namespace CloudObserve.Monitoring.Tests.Hosting;

/// <summary>Notes each notification.</summary>
internal sealed class NotingHandler(Notes notes) : INotificationHandler
{
    public Task HandleAsync(AlarmNotification notification, CancellationToken cancellationToken)
    {
        notes.Add(notification);
        return Task.CompletedTask;
    }
}
