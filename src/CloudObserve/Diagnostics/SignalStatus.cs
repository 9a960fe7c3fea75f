using CloudObserve.Diagnostics;

namespace CloudObserve;

/// <summary>The state of one signal: its counts, its queue, and its spool.</summary>
/// <param name="Signal">The signal's name: <c>metrics</c>, <c>logs</c>, <c>audit</c>, or for shipping of the audit trail,
/// <c>audit-shipping</c> and <c>audit-files</c>, or for a part of the embedded CloudWatch, <c>local-copy</c> and
/// <c>local-files</c>, or the name of a delivery channel.</param>
/// <param name="Accepted">The number of items the application passed in, including refused ones.</param>
/// <param name="Delivered">The number of items the destination confirmed; for <c>audit</c>, the number of records on disk.</param>
/// <param name="Lost">The number of items that will never arrive, by the name of the <c>LossReason</c>. Reasons without a loss are
/// absent.</param>
/// <param name="InFlight">The number of items neither delivered nor lost.</param>
/// <remarks>Always <c>Accepted = Delivered + the sum of Lost + InFlight</c>.</remarks>
public sealed record SignalStatus(string Signal, long Accepted, long Delivered, IReadOnlyDictionary<string, long> Lost, long InFlight)
{
    /// <summary>Gets the part of <see cref="InFlight"/> that is stored on disk, where a later process finds it.</summary>
    public long Spooled { get; init; }

    /// <summary>Gets the number of batches waiting for an attempt.</summary>
    public int WaitingBatches { get; init; }

    /// <summary>Gets the bytes of the bodies of the waiting batches.</summary>
    public long WaitingBytes { get; init; }

    /// <summary>Gets the number of running requests.</summary>
    public int Requests { get; init; }

    /// <summary>Gets the current maximum number of running requests, which adapts to the service.</summary>
    public int RequestLimit { get; init; }

    /// <summary>Gets the age of the oldest batch in memory that is neither delivered nor lost.</summary>
    /// <remarks>For shipping of the audit trail, it is the age of the oldest record that is not shipped.</remarks>
    public TimeSpan OldestAge { get; init; }

    /// <summary>Gets the number of batches in the spool.</summary>
    public int SpoolBatches { get; init; }

    /// <summary>Gets the bytes of the spool files.</summary>
    public long SpoolBytes { get; init; }

    internal static SignalStatus Of(string signal, in SignalReading reading) =>
        new(signal, reading.Accepted, reading.Delivered, new Dictionary<string, long>(reading.Lost), reading.InFlight)
        {
            Spooled = reading.Spooled,
            WaitingBatches = reading.WaitingBatches,
            WaitingBytes = reading.WaitingBytes,
            Requests = reading.Requests,
            RequestLimit = reading.RequestLimit,
            OldestAge = reading.OldestAge,
            SpoolBatches = reading.SpoolBatches,
            SpoolBytes = reading.SpoolBytes,
        };
}
