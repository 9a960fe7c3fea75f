namespace CloudObserve.LoadTests.Working;

/// <summary>Represents the ledger of one signal in the worker's reports.</summary>
/// <param name="Accepted">The accepted number.</param>
/// <param name="Delivered">The delivered number.</param>
/// <param name="Lost">The lost number, by reason.</param>
/// <param name="InFlight">The number that is neither delivered nor lost.</param>
/// <param name="Spooled">The number of those in flight that are on disk.</param>
internal sealed record WorkerBooks(long Accepted, long Delivered, Dictionary<string, long> Lost, long InFlight, long Spooled)
{
    internal long TotalLost => Lost.Values.Sum();

    internal string LostText => string.Join(", ", Lost.Select(l => $"{l.Key}: {l.Value}"));
}
