using CloudObserve.Delivery;
using CloudObserve.Pipeline.Spooling;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>The destination of a delivery, with the spool and the copies beside it.</summary>
/// <param name="Sink">Sends the batches.</param>
/// <param name="Spool">Stores batches on disk that cannot be delivered now; <see langword="null"/> to keep them in memory only.</param>
/// <param name="Copies">Takes a copy of each batch; <see langword="null"/> if no copies are made.</param>
internal sealed record DeliveryTarget(IBatchSink Sink, SpoolDirectory? Spool = null, CopyDelivery? Copies = null);
