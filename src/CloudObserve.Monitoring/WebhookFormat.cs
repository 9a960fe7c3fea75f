namespace CloudObserve.Monitoring;

/// <summary>Specifies the body that a webhook receives.</summary>
public enum WebhookFormat
{
    /// <summary>The JSON that Amazon SNS sends to an HTTPS subscription, without its signature.</summary>
    Sns = 0,

    /// <summary>The JSON of an incoming webhook of Slack.</summary>
    Slack = 1,

    /// <summary>The JSON of a workflow of Microsoft Teams: a message with an adaptive card.</summary>
    Teams = 2,
}
