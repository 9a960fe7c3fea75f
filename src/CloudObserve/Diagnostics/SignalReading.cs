namespace CloudObserve.Diagnostics;

/// <summary>The state of a signal at one moment, in plain values.</summary>
/// <param name="Accepted">The number of items the application passed in.</param>
/// <param name="Delivered">The number of items the destination confirmed.</param>
/// <param name="Lost">The number of items that will never arrive, by reason.</param>
/// <param name="InFlight">The number of items neither delivered nor lost.</param>
/// <param name="WaitingBatches">The number of batches waiting for an attempt.</param>
/// <param name="WaitingBytes">The bytes of their bodies.</param>
/// <param name="Requests">The number of running requests.</param>
/// <param name="OldestAge">The age of the oldest batch in memory that is neither delivered nor lost.</param>
/// <param name="RequestLimit">The current maximum number of running requests.</param>
/// <param name="Spooled">The part of the items in flight that is on disk.</param>
/// <param name="SpoolBytes">The bytes of the spool files.</param>
/// <param name="SpoolBatches">The number of spool files.</param>
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
