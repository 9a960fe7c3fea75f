using CloudObserve.Delivery;

namespace CloudObserve.Monitoring.Alarms.Notifications;

/// <summary>Makes one attempt to send a notification to an endpoint of a topic.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class NotificationSink(TopicTarget target, AwsOptions options, TimeProvider timeProvider) : IBatchSink, IDisposable
{
    private const string GoneTarget = "The topic has no such target any more.";
    private const string Unreadable = "The notification cannot be read.";

    private readonly WebhookSender _webhooks = new(timeProvider);
    private readonly SnsPublisher _publisher = new(options, timeProvider);

    /// <inheritdoc/>
    public async ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken)
    {
        if (!NotificationJson.TryRead(batch.Body, out AlarmNotification? notification))
        {
            return SendResult.Dropped(batch.ItemCount, LossReason.SpoolDamaged, "UnreadableNotification", Unreadable);
        }

        if (target.HasArrived(batch.Destination, notification.Id))
        {
            // A repeat may be the one that is waited for.
            target.Finish(batch.Destination, notification.Id, null);
            return SendResult.Delivered();
        }

        SendResult result = target.Find(batch.Destination) switch
        {
            Webhook webhook => await _webhooks.SendAsync(webhook, notification, cancellationToken).ConfigureAwait(false),
            SnsTopic topic => await _publisher.PublishAsync(topic, notification, cancellationToken).ConfigureAwait(false),
            _ => SendResult.Dropped(batch.ItemCount, LossReason.Rejected, "NoSuchTarget", GoneTarget),
        };
        if (result.Error is ErrorClass.None or ErrorClass.Invalid or ErrorClass.TooLarge)
        {
            bool hasArrived = result.Error == ErrorClass.None && result.Rejected.Count == 0;
            target.Finish(batch.Destination, notification.Id, hasArrived ? null : $"{result.Code}: {result.Message}");
        }

        return result;
    }

    public void Dispose()
    {
        _webhooks.Dispose();
        _publisher.Dispose();
    }
}
