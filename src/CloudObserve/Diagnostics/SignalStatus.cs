namespace CloudObserve.Diagnostics;

/// <summary>How one signal stands: its books, its queue, and its spool. Always <c>Accepted = Delivered + the sum of Lost + InFlight</c>.</summary>
/// <param name="Signal">The signal's name: <c>metrics</c>, <c>logs</c>, <c>audit</c>, or what ships the audit trail, <c>audit-shipping</c> and <c>audit-files</c>.</param>
/// <param name="Accepted">What the application handed in, including what had to be refused.</param>
/// <param name="Delivered">What the destination confirmed; of <c>audit</c>, what is on disk.</param>
/// <param name="Lost">What will never arrive, by the name of its <c>LossReason</c>; reasons without a loss are absent.</param>
/// <param name="InFlight">What is neither delivered nor lost yet.</param>
public sealed record SignalStatus(string Signal, long Accepted, long Delivered, IReadOnlyDictionary<string, long> Lost, long InFlight)
{
    /// <summary>Gets how much of <see cref="InFlight"/> lies on disk, where a later process finds it.</summary>
    public long Spooled { get; init; }

    /// <summary>Gets how many batches wait for an attempt.</summary>
    public int WaitingBatches { get; init; }

    /// <summary>Gets the bytes of their bodies.</summary>
    public long WaitingBytes { get; init; }

    /// <summary>Gets how many requests are under way.</summary>
    public int Requests { get; init; }

    /// <summary>Gets how many requests may be under way now; it follows how the service answers.</summary>
    public int RequestLimit { get; init; }

    /// <summary>Gets the age of the oldest batch in memory that is neither delivered nor lost; of what ships the audit trail, of the oldest record that is not shipped.</summary>
    public TimeSpan OldestAge { get; init; }

    /// <summary>Gets how many batches lie in the spool.</summary>
    public int SpoolBatches { get; init; }

    /// <summary>Gets the bytes of their files.</summary>
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
