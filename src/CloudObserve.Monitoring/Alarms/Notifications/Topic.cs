using Microsoft.Extensions.Logging;

namespace CloudObserve.Monitoring.Alarms.Notifications;

/// <summary>Represents a topic with its targets.</summary>
/// <param name="Name">The name.</param>
/// <param name="Endpoints">The endpoints by a key that is unique in the topic. The key names the endpoint in messages and in the spool, so
/// it must not be secret.</param>
/// <param name="LogLevel">The level at which notifications are logged; <see langword="null"/> if the topic does not ask for it.</param>
internal sealed record Topic(string Name, IReadOnlyDictionary<string, TopicEndpoint> Endpoints, LogLevel? LogLevel)
{
    /// <summary>Gets the ARNs of the topics of Amazon SNS to which the notifications go.</summary>
    internal IEnumerable<string> SnsTopicArns => Endpoints.Values.OfType<SnsTopic>().Select(static topic => topic.TopicArn);

    /// <summary>Gets a value indicating whether there are targets that Amazon SNS does not reach.</summary>
    internal bool HasOtherTargets => LogLevel is not null || Endpoints.Values.Any(static endpoint => endpoint is not SnsTopic);
}
