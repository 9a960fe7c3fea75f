namespace CloudObserve.Diagnostics;

/// <summary>What a signal shows of itself at one moment, in plain values.</summary>
/// <param name="Accepted">What the application handed in.</param>
/// <param name="Delivered">What the destination confirmed.</param>
/// <param name="Lost">What will never arrive, by reason.</param>
/// <param name="InFlight">What is neither delivered nor lost.</param>
/// <param name="WaitingBatches">Batches that wait for an attempt.</param>
/// <param name="WaitingBytes">The bytes of their bodies.</param>
/// <param name="Requests">Requests under way.</param>
/// <param name="OldestAge">The age of the oldest batch in memory that is neither delivered nor lost.</param>
/// <param name="RequestLimit">How many requests may be under way now.</param>
/// <param name="Spooled">How much of what is in flight lies on disk.</param>
/// <param name="SpoolBytes">The bytes of the files in which it lies.</param>
/// <param name="SpoolBatches">The number of these files.</param>
internal readonly record struct SignalReading(
    long Accepted,
    long Delivered,
    IReadOnlyList<KeyValuePair<string, long>> Lost,
    long InFlight,
    int WaitingBatches,
    long WaitingBytes,
    int Requests,
    TimeSpan OldestAge,
    int RequestLimit = 0,
    long Spooled = 0,
    long SpoolBytes = 0,
    int SpoolBatches = 0);
