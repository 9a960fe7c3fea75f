using CloudObserve.Monitoring.Alarms.Notifications;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Monitoring;

/// <summary>Configures the targets of a topic.</summary>
/// <remarks>
/// Notifications to webhooks and to Amazon SNS go through the delivery channel <c>notifications</c>: they are retried, and stored on disk
/// while a target cannot be reached. Each arrives at least once. A repeat has the same id.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
public sealed class TopicBuilder
{
    internal TopicBuilder()
    {
    }

    internal List<TopicEndpoint> Endpoints { get; } = [];

    internal LogLevel? Level { get; private set; }

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
        Endpoints.Add(builder.Webhook);
        return this;
    }

    /// <summary>Adds a topic of Amazon SNS, which receives the message and the subject that CloudWatch would publish.</summary>
    /// <param name="topicArn">The ARN of the topic, such as <c>arn:aws:sns:eu-west-1:111122223333:ops</c>. Its region is the one that is
    /// called. The credentials and the endpoint are those of <see cref="AwsOptions"/>.</param>
    /// <param name="messagePerProtocol">Whether the message has forms for e-mail and text messages too (<c>MessageStructure=json</c>).
    /// Other subscriptions get CloudWatch's JSON in any case.</param>
    /// <returns>This builder.</returns>
    /// <remarks>In a FIFO topic, the group of a message is its alarm, and the deduplication id is
    /// <see cref="AlarmNotification.Id"/>.</remarks>
    public TopicBuilder Sns(string topicArn, bool messagePerProtocol = false)
    {
        Endpoints.Add(new SnsTopic(topicArn, messagePerProtocol));
        return this;
    }

    /// <summary>Logs each notification, in the category <c>CloudObserve.Alarms</c> as <c>TopicNotified</c>.</summary>
    /// <param name="level">The level.</param>
    /// <returns>This builder.</returns>
    public TopicBuilder Log(LogLevel level = LogLevel.Warning)
    {
        Level = level;
        return this;
    }
}
