using CloudObserve.Monitoring;

namespace Storefront.Telemetry;

/// <summary>Prints the changes of the alarms. A real shop would call somebody.</summary>
internal sealed class AlarmPrinter : INotificationHandler
{
    public Task HandleAsync(AlarmNotification notification, CancellationToken cancellationToken)
    {
        Console.WriteLine(
            $"{notification.StateChangeTime:HH:mm:ss} alarm {notification.AlarmName}: {AlarmSummary.Name(notification.OldState)} "
                + $"-> {AlarmSummary.Name(notification.NewState)}. {notification.NewStateReason}");
        return Task.CompletedTask;
    }
}
