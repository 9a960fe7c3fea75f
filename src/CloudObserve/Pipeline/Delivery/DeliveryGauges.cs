using CloudObserve.Delivery;
using CloudObserve.Pipeline.Spooling;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>The state of a delivery loop at one moment.</summary>
/// <param name="WaitingBatches">The number of batches that are queued or pausing.</param>
/// <param name="WaitingBytes">The bytes of their bodies, limited by <see cref="DeliveryOptions.MaxBufferBytes"/>.</param>
/// <param name="Requests">The number of running requests.</param>
/// <param name="OldestAge">The time since the oldest batch that is neither delivered nor lost was encoded; zero if there is none.</param>
/// <param name="RequestLimit">The current maximum number of concurrent requests.</param>
/// <param name="Spool">The content of the spool.</param>
internal readonly record struct DeliveryGauges(
    int WaitingBatches, long WaitingBytes, int Requests, TimeSpan OldestAge, int RequestLimit = 0, SpoolGauges Spool = default);
