using System.Text;
using CloudObserve.Delivery;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudObserve.Monitoring.Alarms.Notifications;

/// <summary>Sends notifications to the targets of topics: to their endpoints through the delivery channel <c>notifications</c>, and into
/// the log.</summary>
/// <remarks>
/// A batch is one notification to one endpoint. Its destination is <c>topic/key</c>, so that neither the address nor another secret is
/// stored. A notification is finished when the last of its endpoints has answered, so after a kill the next process sends it again,
/// besides what is in the spool. The sink sends only the first of such repeats.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class TopicTarget(TimeProvider timeProvider) : INotificationTarget
{
    internal const string ChannelName = "notifications";
    internal const string Operation = "SendNotification";

    // The ids that are remembered to tell repeats by.
    private const int MaxDelivered = 10_000;

    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();

    // Guarded by _lock: the notifications that are on their way, and the last ones that arrived, by destination and id.
    private readonly Dictionary<(string Destination, string Id), Action<string?>> _open = [];
    private readonly HashSet<(string Destination, string Id)> _delivered = [];
    private readonly Queue<(string Destination, string Id)> _byAge = new();
    private volatile IReadOnlyDictionary<string, Topic> _topics = new Dictionary<string, Topic>(StringComparer.Ordinal);
    private Lazy<IDeliveryChannel>? _channel;
    private ILogger _logger = NullLogger.Instance;

    /// <summary>Gets the topics by name.</summary>
    internal IReadOnlyDictionary<string, Topic> Topics => _topics;

    /// <summary>Sets the channel, which needs this object for its sink and starts when it is first used, and the logger.</summary>
    internal void Attach(Func<IDeliveryChannel> channel, ILogger logger) =>
        (_channel, _logger) = (new Lazy<IDeliveryChannel>(channel), logger);

    /// <summary>Replaces the topics. What waits goes to the endpoints that have the same keys.</summary>
    internal void Define(IReadOnlyDictionary<string, Topic> topics)
    {
        _topics = topics;
        if (topics.Values.Any(static topic => topic.Endpoints.Count > 0))
        {
            // The channel sends what an earlier process left on disk.
            _ = _channel?.Value;
        }
    }

    /// <inheritdoc/>
    public bool Takes(AlarmNotification notification) => _topics.ContainsKey(notification.Topic);

    /// <inheritdoc/>
    public void Enqueue(AlarmNotification notification, Action<string?> finished)
    {
        // The topic may have been removed since it was asked for.
        Topic? topic = _topics.GetValueOrDefault(notification.Topic);
        if (topic?.LogLevel is { } level)
        {
            _logger.TopicNotified(level, topic.Name, notification.Subject, notification.NewStateReason);
        }

        if (topic is not { Endpoints.Count: > 0 })
        {
            finished(null);
            return;
        }

        Countdown countdown = new(topic.Endpoints.Count, finished);
        byte[] body = Encoding.UTF8.GetBytes(JsonText.Write(json => NotificationJson.Write(json, notification)));
        DateTimeOffset now = timeProvider.GetUtcNow();
        foreach (string key in topic.Endpoints.Keys)
        {
            string destination = $"{topic.Name}/{key}";
            lock (_lock)
            {
                _open[(destination, notification.Id)] = countdown.Finished;
            }

            _channel!.Value.Send(Batch.Create(new BatchHeader(Operation, destination, now, now + MaxAge), body));
        }
    }

    /// <summary>Returns the endpoint of a destination; <see langword="null"/> if there is none any more.</summary>
    internal TopicEndpoint? Find(string destination)
    {
        int slash = destination.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && _topics.TryGetValue(destination[..slash], out Topic? topic)
            ? topic.Endpoints.GetValueOrDefault(destination[(slash + 1)..]) : null;
    }

    /// <summary>Returns whether a notification has arrived at a destination before.</summary>
    internal bool HasArrived(string destination, string id)
    {
        lock (_lock)
        {
            return _delivered.Contains((destination, id));
        }
    }

    /// <summary>Records that a notification arrived, or never will.</summary>
    /// <param name="destination">The destination.</param>
    /// <param name="id">The id of the notification.</param>
    /// <param name="failure">The reason why it never will; <see langword="null"/> if it arrived.</param>
    internal void Finish(string destination, string id, string? failure)
    {
        Action<string?>? finished;
        lock (_lock)
        {
            _ = _open.Remove((destination, id), out finished);
            if (failure is null && _delivered.Add((destination, id)))
            {
                _byAge.Enqueue((destination, id));
                if (_byAge.Count > MaxDelivered)
                {
                    _ = _delivered.Remove(_byAge.Dequeue());
                }
            }
        }

        finished?.Invoke(failure is null ? null : $"{destination}: {failure}");
    }
}
