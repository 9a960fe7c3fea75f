using System.Text;
using CloudObserve.Delivery;

namespace CloudObserve.EventForwarder;

/// <summary>Sends events to an HTTP endpoint, several in one request.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class Forwarder(IDeliveryChannel channel, TimeProvider time)
{
    internal const string ChannelName = "events";

    /// <summary>Sends one batch.</summary>
    internal void Forward(Uri endpoint, IEnumerable<string> ids)
    {
        DateTimeOffset now = time.GetUtcNow();
        channel.Send(Batch.Create(
            new BatchHeader("PostEvents", endpoint.ToString(), now, now.AddDays(1)),
            "["u8,
            [.. ids.Select(id => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes($"\"{id}\""))],
            "]"u8));
    }
}
