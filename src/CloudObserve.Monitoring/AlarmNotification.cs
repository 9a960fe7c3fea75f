namespace CloudObserve.Monitoring;

/// <summary>Represents the message of an alarm to a topic.</summary>
public sealed record AlarmNotification
{
    /// <summary>Gets the id of the notification.</summary>
    /// <value>Unique. A repeat of the same notification has the same id.</value>
    public required string Id { get; init; }

    /// <summary>Gets the ARN of the topic.</summary>
    public required string TopicArn { get; init; }

    /// <summary>Gets the name of the topic: the last part of its ARN.</summary>
    public string Topic => TopicArn[(TopicArn.LastIndexOf(':') + 1)..];

    /// <summary>Gets the name of the alarm.</summary>
    public required string AlarmName { get; init; }

    /// <summary>Gets the ARN of the alarm.</summary>
    public required string AlarmArn { get; init; }

    /// <summary>Gets the state of the alarm before the change.</summary>
    public required AlarmState OldState { get; init; }

    /// <summary>Gets the state of the alarm.</summary>
    public required AlarmState NewState { get; init; }

    /// <summary>Gets the reason of the state as CloudWatch writes it.</summary>
    public required string NewStateReason { get; init; }

    /// <summary>Gets the time of the change.</summary>
    public required DateTimeOffset StateChangeTime { get; init; }

    /// <summary>Gets a value indicating whether this is a test (<see cref="IAlarms.Fire"/>) and the state did not change.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool IsTest { get; init; }

    /// <summary>Gets the subject, such as <c>ALARM: "cart-p99" in EU (Ireland)</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>Gets the message as JSON, as CloudWatch sends it to a topic of Amazon SNS.</summary>
    public required string Message { get; init; }
}
