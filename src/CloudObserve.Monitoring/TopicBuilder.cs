using CloudObserve.Monitoring.Alarms.Notifications;

namespace CloudObserve.Monitoring;

/// <summary>Configures the targets of a topic.</summary>
/// <remarks>
/// Notifications to these targets go through the delivery channel <c>notifications</c>: they are retried, and stored on disk while a
/// target cannot be reached. Each arrives at least once. A repeat has the same id.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
public sealed class TopicBuilder
{
    internal TopicBuilder()
    {
    }

    internal List<Webhook> Webhooks { get; } = [];

    /// <summary>Adds a webhook: an address that receives each notification with a POST request.</summary>
    /// <param name="address">The address. It must begin with <c>https</c>, unless it is a loopback address. Its path and its query may be
    /// secret: they are never logged or stored.</param>
    /// <param name="configure">Configures the webhook, or <see langword="null"/>.</param>
    /// <returns>This builder.</returns>
    /// <remarks>The header <c>X-CloudObserve-Notification-Id</c> is <see cref="AlarmNotification.Id"/>.</remarks>
    public TopicBuilder Webhook(string address, Action<WebhookBuilder>? configure = null)
    {
        WebhookBuilder builder = new(new Webhook(address));
        configure?.Invoke(builder);
        Webhooks.Add(builder.Webhook);
        return this;
    }
}
