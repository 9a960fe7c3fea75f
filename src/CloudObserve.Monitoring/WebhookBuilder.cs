using CloudObserve.Monitoring.Alarms.Notifications;

namespace CloudObserve.Monitoring;

/// <summary>Configures a webhook of a topic.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
public sealed class WebhookBuilder
{
    internal WebhookBuilder(Webhook webhook) => Webhook = webhook;

    internal Webhook Webhook { get; private set; }

    /// <summary>Sets the format of the body.</summary>
    /// <param name="format">The format. Without it, <see cref="WebhookFormat.Sns"/>.</param>
    /// <returns>This builder.</returns>
    public WebhookBuilder Format(WebhookFormat format)
    {
        Webhook = Webhook with { Format = format };
        return this;
    }

    /// <summary>Sets a body of one's own.</summary>
    /// <param name="template">A JSON text with placeholders within its strings: <c>&lt;Id&gt;</c>, <c>&lt;Topic&gt;</c>,
    /// <c>&lt;Subject&gt;</c>, <c>&lt;AlarmName&gt;</c>, <c>&lt;AlarmArn&gt;</c>, <c>&lt;OldStateValue&gt;</c>,
    /// <c>&lt;NewStateValue&gt;</c>, <c>&lt;NewStateReason&gt;</c>, <c>&lt;StateChangeTime&gt;</c> and <c>&lt;Message&gt;</c>.</param>
    /// <returns>This builder.</returns>
    public WebhookBuilder Template(string template)
    {
        Webhook = Webhook with { Template = template };
        return this;
    }

    /// <summary>Signs each request, so that the receiver can check where it comes from.</summary>
    /// <param name="secret">The secret that the receiver knows too: at least 16 characters. It is never logged or stored.</param>
    /// <returns>This builder.</returns>
    /// <remarks>The header <c>X-CloudObserve-Signature</c> is <c>t=TIME,v1=SIGNATURE</c>: the time of the request in seconds since
    /// 1970-01-01 UTC, and the hexadecimal HMAC-SHA256 of <c>TIME.BODY</c>.</remarks>
    public WebhookBuilder SignWith(string secret)
    {
        Webhook = Webhook with { Secret = secret };
        return this;
    }

    /// <summary>Adds a header to each request, such as an access token. Its value is never logged or stored.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <returns>This builder.</returns>
    public WebhookBuilder Header(string name, string value)
    {
        Webhook = Webhook with { Headers = [.. Webhook.Headers, KeyValuePair.Create(name, value)] };
        return this;
    }
}
