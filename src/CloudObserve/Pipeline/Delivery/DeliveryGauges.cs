using CloudObserve.Pipeline.Spooling;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>What a delivery loop holds at one moment.</summary>
/// <param name="WaitingBatches">Batches that are queued or pausing.</param>
/// <param name="WaitingBytes">Their bodies' bytes, which <see cref="DeliveryOptions.MaxBufferBytes"/> bounds.</param>
/// <param name="Requests">Requests under way.</param>
/// <param name="OldestAge">How long ago the oldest batch that is neither delivered nor lost was encoded; zero when there is none.</param>
/// <param name="RequestLimit">How many requests may be under way now.</param>
/// <param name="Spool">What lies on disk.</param>
internal readonly record struct DeliveryGauges(int WaitingBatches, long WaitingBytes, int Requests, TimeSpan OldestAge, int RequestLimit = 0, SpoolGauges Spool = default);
