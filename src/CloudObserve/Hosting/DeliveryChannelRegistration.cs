using CloudObserve.Delivery;

namespace CloudObserve.Hosting;

/// <summary>A delivery channel that was added to the services.</summary>
/// <param name="Name">The channel's name.</param>
/// <param name="CreateSink">Creates its sink.</param>
internal sealed record DeliveryChannelRegistration(string Name, Func<IServiceProvider, IBatchSink> CreateSink);
