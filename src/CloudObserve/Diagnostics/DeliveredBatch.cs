namespace CloudObserve.Diagnostics;

/// <summary>A batch that was delivered.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Destination">The description of the destination.</param>
/// <param name="Items">The weight of the batch in the ledger, without the items the service dropped.</param>
/// <param name="Bytes">The number of bytes of its body.</param>
/// <param name="Latency">The duration of the attempt.</param>
internal readonly record struct DeliveredBatch(
    string Signal, string Operation, string Destination, long Items, long Bytes, TimeSpan Latency);
