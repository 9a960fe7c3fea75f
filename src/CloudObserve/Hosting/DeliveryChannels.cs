using CloudObserve.Delivery;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Hosting;

/// <summary>Holds the delivery channels of one host and their sinks.</summary>
/// <remarks>The sinks are disposed of with the host's services, after the runtime has closed the channels.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class DeliveryChannels : IAsyncDisposable, IDisposable
{
    private readonly Dictionary<string, (DeliveryChannel Channel, DeferredSink Sink)> _channels;

    /// <param name="registrations">The channels that were added.</param>
    /// <param name="provider">The services from which the sinks are created.</param>
    /// <param name="create">Creates a channel with its name and sink.</param>
    internal DeliveryChannels(
        IEnumerable<DeliveryChannelRegistration> registrations,
        IServiceProvider provider,
        Func<string, IBatchSink, DeliveryChannel> create)
    {
        _channels = registrations.ToDictionary(r => r.Name, Create, StringComparer.Ordinal);

        (DeliveryChannel Channel, DeferredSink Sink) Create(DeliveryChannelRegistration registration)
        {
            DeferredSink sink = new(() => registration.CreateSink(provider));
            return (create(registration.Name, sink), sink);
        }
    }

    /// <summary>Gets all channels.</summary>
    internal IEnumerable<DeliveryChannel> All => _channels.Values.Select(static c => c.Channel);

    /// <summary>Creates the sink of a channel, and returns the channel.</summary>
    internal DeliveryChannel Use(string name)
    {
        (DeliveryChannel channel, DeferredSink sink) = _channels[name];
        sink.Create();
        return channel;
    }

    /// <summary>Creates the sinks of all channels.</summary>
    internal void CreateSinks()
    {
        foreach ((_, DeferredSink sink) in _channels.Values)
        {
            sink.Create();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach ((_, DeferredSink sink) in _channels.Values)
        {
            await sink.DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        foreach ((_, DeferredSink sink) in _channels.Values)
        {
            sink.Dispose();
        }
    }
}
