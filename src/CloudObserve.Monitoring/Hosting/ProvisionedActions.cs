using CloudObserve.Monitoring.Alarms.Definitions;
using CloudObserve.Monitoring.Alarms.Notifications;

namespace CloudObserve.Monitoring.Hosting;

/// <summary>Replaces the topics of this process by those of Amazon SNS.</summary>
/// <param name="account">The account of the alarms.</param>
/// <param name="topics">The topics of this process.</param>
internal sealed class ProvisionedActions(AlarmAccount account, IReadOnlyDictionary<string, Topic> topics)
{
    private const string NoAccount = "000000000000";
    private const int AccountPart = 4;

    /// <summary>Gets the topics that have targets besides Amazon SNS, and were replaced.</summary>
    internal SortedSet<string> PartlyReached { get; } = new(StringComparer.Ordinal);

    /// <summary>Returns the actions in CloudWatch that take the place of an action.</summary>
    internal (IReadOnlyList<string>? Actions, string Reason) Of(string action)
    {
        string[] parts = action.Split(':');
        Topic? topic = topics.GetValueOrDefault(parts[^1]);
        if (topic is null || action != account.TopicArn(topic.Name))
        {
            return parts.Length > AccountPart && parts[AccountPart] == NoAccount
                ? (null, $"{action} is in no account: give the topic a target in Amazon SNS, or set AccountId")
                : ([action], "");
        }

        string[] arns = [.. topic.SnsTopicArns];
        if (arns.Length == 0)
        {
            return (null, $"the topic '{topic.Name}' has no target in Amazon SNS");
        }

        if (topic.HasOtherTargets)
        {
            _ = PartlyReached.Add(topic.Name);
        }

        return (arns, "");
    }
}
