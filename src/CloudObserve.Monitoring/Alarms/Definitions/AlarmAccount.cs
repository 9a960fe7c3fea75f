namespace CloudObserve.Monitoring.Alarms.Definitions;

/// <summary>Represents the region and the account that the alarms of this process are in.</summary>
/// <param name="Region">The region.</param>
/// <param name="AccountId">The account.</param>
internal sealed record AlarmAccount(string Region, string AccountId)
{
    /// <summary>Returns the ARN of an alarm.</summary>
    internal string AlarmArn(string name) => AlarmReference.Of(name).ToArn(Region, AccountId);

    /// <summary>Returns the ARN of a topic by its name. An ARN is returned unchanged.</summary>
    internal string TopicArn(string topic) =>
        topic.StartsWith("arn:", StringComparison.Ordinal)
            ? topic : $"arn:{ActionArns.PartitionOf(Region)}:sns:{Region}:{AccountId}:{topic}";
}
