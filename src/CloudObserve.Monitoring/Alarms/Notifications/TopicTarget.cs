using System.Globalization;
using System.Text;
using CloudObserve.Delivery;

namespace CloudObserve.Monitoring.Alarms.Notifications;

/// <summary>Sends notifications to the webhooks of topics, through the delivery channel <c>notifications</c>.</summary>
/// <remarks>
/// A batch is one notification to one webhook: a line with its id, and the body. Its destination is <c>topic/number</c>, so that neither
/// the address nor another secret is stored. A notification is finished when the last of its webhooks has answered, so after a kill the
/// next process sends it again, besides what is in the spool. The sink sends only the first of such repeats.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class TopicTarget : INotificationTarget
{
    internal const string ChannelName = "notifications";
    internal const string Operation = "PostNotification";

    // The ids that are remembered to tell repeats by.
    private const int MaxDelivered = 10_000;

    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(1);

    private readonly IReadOnlyDictionary<string, IReadOnlyList<Webhook>> _topics;
    private readonly TimeProvider _timeProvider;

    private readonly Lock _lock = new();

    // Guarded by _lock: the notifications that are on their way, and the last ones that arrived, by destination and id.
    private readonly Dictionary<(string Destination, string Id), Action<string?>> _open = [];
    private readonly HashSet<(string Destination, string Id)> _delivered = [];
    private readonly Queue<(string Destination, string Id)> _byAge = new();
    private IDeliveryChannel? _channel;

    internal TopicTarget(IReadOnlyDictionary<string, IReadOnlyList<Webhook>> topics, TimeProvider timeProvider) =>
        (_topics, _timeProvider) = (topics, timeProvider);

    /// <summary>Sets the channel, which needs this object for its sink.</summary>
    internal void Attach(IDeliveryChannel channel) => _channel = channel;

    /// <inheritdoc/>
    public bool Takes(AlarmNotification notification) => _topics.TryGetValue(notification.Topic, out var webhooks) && webhooks.Count > 0;

    /// <inheritdoc/>
    public void Enqueue(AlarmNotification notification, Action<string?> finished)
    {
        IReadOnlyList<Webhook> webhooks = _topics[notification.Topic];
        Countdown countdown = new(webhooks.Count, finished);
        DateTimeOffset now = _timeProvider.GetUtcNow();
        for (int i = 0; i < webhooks.Count; i++)
        {
            string destination = string.Create(CultureInfo.InvariantCulture, $"{notification.Topic}/{i + 1}");
            lock (_lock)
            {
                _open[(destination, notification.Id)] = countdown.Finished;
            }

            byte[] body = Encoding.UTF8.GetBytes($"{notification.Id}\n{WebhookBody.Write(webhooks[i], notification)}");
            _channel!.Send(Batch.Create(new BatchHeader(Operation, destination, now, now + MaxAge), body));
        }
    }

    /// <summary>Returns the webhook of a destination; <see langword="null"/> if there is none any more.</summary>
    internal Webhook? Find(string destination)
    {
        int slash = destination.LastIndexOf('/');
        return slash > 0 && _topics.TryGetValue(destination[..slash], out IReadOnlyList<Webhook>? webhooks)
            && int.TryParse(destination.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number >= 1 && number <= webhooks.Count ? webhooks[number - 1] : null;
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
